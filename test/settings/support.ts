import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Clock } from '#ports/clock.ts';
import type { Host, KeyWrap } from '#ports/host.ts';
import { UploadError } from '#ports/upload-error.ts';
import { openSettings, type SettingsStore } from '#settings';
import { createSealer } from '../../electron/settings/sealer.ts';

export const startAt = Date.UTC(2026, 0, 2, 3, 4, 5);

export const clock: Clock = {
  now: () => startAt,
  monotonic: () => 0,
  setTimer: () => () => undefined,
};

export const cli: Host = { name: 'cli', keyWrap: null, trash: null };

/** A keychain that is a key of its own; it can be shut, and want its wraps made anew. */
export function keychain(name: string): KeyWrap & { isOpen: boolean; isStale: boolean } {
  const sealer = createSealer([crypto.getRandomValues(new Uint8Array(32))]);
  return {
    name,
    isOpen: true,
    isStale: false,
    wrap: async (key) => sealer.seal(Buffer.from(key).toString('hex')),
    async unwrap(wrapped) {
      const plain = this.isOpen ? sealer.open(wrapped) : null;
      if (plain === null) throw new Error('locked');
      return { key: Buffer.from(plain, 'hex'), isStale: this.isStale };
    },
  };
}

export const desktop = (keyWrap: KeyWrap): Host => ({ name: 'desktop', keyWrap, trash: null });

export function makeDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'hoist-settings-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export const open = (directory: string, host: Host = cli): Promise<SettingsStore> =>
  openSettings({ directory, host, clock });

/** The UploadError that `run` throws. */
export function caught(run: () => unknown): UploadError {
  try {
    run();
  } catch (error) {
    if (error instanceof UploadError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

export const texts = (store: SettingsStore): readonly string[] => store.report.map(({ text }) => text);
