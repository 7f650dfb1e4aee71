/** Small parts of Electron that remember what was asked of them, and rows and numbers to show. */
import { EventEmitter } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type { BrowserWindow } from 'electron';
import type { Asset } from '#shared/asset.ts';
import { type FailureCode, failure } from '#shared/failure.ts';
import type { DestinationView, QueueCounts } from '#shared/ipc.ts';
import {
  type JobState,
  type StateName,
  stateNames,
  type Tab,
  tabOfState,
  tabs,
  type UploadJob,
} from '#shared/job.ts';
import { type Settings, settingsSchema } from '#shared/settings.ts';
import type { Status } from '../../electron/desktop/status/status.ts';
import type { Windows } from '../../electron/desktop/window/windows.ts';
import { demoDestination } from '../support/fake-engine.ts';
import { uploadJob } from '../support/upload-job.ts';

/** What is known of a queue by how many files are in which state. */
export function countsOf(
  files: Partial<Record<StateName, number>>,
  bytes: Partial<Pick<QueueCounts, 'bytesTotal' | 'bytesCompleted' | 'bytesRemaining'>> = {},
): QueueCounts {
  const byState = Object.fromEntries(stateNames.map((name) => [name, files[name] ?? 0])) as Record<
    StateName,
    number
  >;
  const sumOf = (tab: Tab) =>
    stateNames.filter((name) => tabOfState[name] === tab).reduce((sum, name) => sum + byState[name], 0);
  return {
    byState,
    byTab: Object.fromEntries(tabs.map((tab) => [tab, sumOf(tab)])) as Record<Tab, number>,
    all: Object.values(byState).reduce((sum, count) => sum + count, 0),
    bytesTotal: 0,
    bytesCompleted: 0,
    bytesRemaining: 0,
    bytesArrived: 0,
    ...bytes,
  };
}

export const statusOf = (
  files: Partial<Record<StateName, number>>,
  more: {
    readonly bytes?: Parameters<typeof countsOf>[1];
    readonly settings?: Partial<Settings>;
    readonly throughput?: Partial<Status['throughput']>;
    readonly destinations?: readonly DestinationView[];
  } = {},
): Status => ({
  counts: countsOf(files, more.bytes),
  throughput: {
    bytesPerSecond: 0,
    bytesRemaining: more.bytes?.bytesRemaining ?? 0,
    filesRemaining: 0,
    remainingMs: null,
    ...more.throughput,
  },
  settings: { ...settingsSchema.parse({}), ...more.settings },
  destinations: more.destinations ?? [],
});

export function blockedDestination(code: FailureCode | null): DestinationView {
  const destination = demoDestination('flora');
  const hold =
    code === null
      ? null
      : { destinationId: destination.id, kind: 'blocked' as const, until: null, failure: failure(code) };
  return { destination, hasKey: true, keyEnding: null, hold, mimeTypes: null };
}

export const asset: Asset = {
  id: 'a1',
  link: 'https://cdn.example/a1',
  linkKind: 'url',
  linkExpiresAt: null,
  hasFreshUrl: false,
  confirmedBytes: null,
  artifacts: [],
};

export const job = (id: number, state: JobState, more: Partial<UploadJob> = {}): UploadJob =>
  uploadJob({
    id,
    revision: id,
    destinationId: 'd',
    destinationName: 'Products',
    kind: 'runflow',
    path: `/files/${id}.png`,
    name: `${id}.png`,
    addedAt: 0,
    updatedAt: 0,
    state,
    ...more,
  });

export const completed = (id: number, completedAt: number, more: Partial<UploadJob> = {}): UploadJob =>
  job(id, { name: 'completed', asset }, { completedAt, link: asset.link, ...more });
export const failed = (id: number, code: FailureCode = 'timeout', more: Partial<UploadJob> = {}): UploadJob =>
  job(id, { name: 'failed', failure: failure(code) }, more);
export const blocked = (
  id: number,
  code: FailureCode = 'too-large',
  more: Partial<UploadJob> = {},
): UploadJob => job(id, { name: 'blocked', step: 'reserve', failure: failure(code) }, more);

/** A window as far as these rooms touch one. */
export class FakeWindow extends EventEmitter {
  isInFront = false;
  isGone = false;
  readonly done: string[] = [];
  isFocused = () => this.isInFront;
  isDestroyed = () => this.isGone;
  minimize = () => void this.done.push('minimize');
  setProgressBar = (fraction: number, { mode }: { mode: string }) =>
    void this.done.push(`${mode} ${fraction}`);
  setOverlayIcon = (_image: unknown, text: string) => void this.done.push(`overlay ${text}`);
}

export interface FakeWindows extends Windows {
  readonly asked: string[];
  readonly open: FakeWindow[];
  change(): void;
}

export function fakeWindows(count = 1): FakeWindows {
  const open = Array.from({ length: count }, () => new FakeWindow());
  const asked: string[] = [];
  const listeners = new Set<() => void>();
  return {
    asked,
    open,
    change() {
      for (const listener of listeners) listener();
    },
    show: (at) => void asked.push(at === undefined ? 'show' : `show ${at}`),
    openNew: () => void asked.push('new'),
    all: () => open as unknown as readonly BrowserWindow[],
    command: (id) => void asked.push(`command ${id}`),
    give: async (paths) => void asked.push(`give ${paths.join(' ')}`),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    closeAll: () => void asked.push('close all'),
  };
}

export interface FakeImage {
  readonly path: string;
  isTemplate: boolean;
  setTemplateImage(is: boolean): void;
}

export const fakeImages = {
  createFromPath: (path: string): never => {
    const image: FakeImage = {
      path,
      isTemplate: false,
      setTemplateImage: (is) => {
        image.isTemplate = is;
      },
    };
    return image as never;
  },
};

/** Lets what was promised happen, without any time passing. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await setImmediate();
}
