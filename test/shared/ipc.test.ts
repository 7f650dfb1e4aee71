/** The contract, written a second time: changing a signature is then an act that is seen. */
import { describe, expect, expectTypeOf, test } from 'vitest';
import type { EngineService } from '#ports/engine-service.ts';
import type { LinkFormat } from '#shared/asset.ts';
import type { Destination, DestinationDraft, DraftProblem, ProviderKind } from '#shared/destination.ts';
import { failure } from '#shared/failure.ts';
import {
  type ActionReport,
  type AddedFile,
  type AddOptions,
  type AddReport,
  type Answer,
  type Api,
  type ChangePage,
  ContractError,
  type CopiedLink,
  type DestinationView,
  type DirectoryListing,
  type EngineNotice,
  type FolderPreview,
  type ImportReport,
  type JobDetails,
  type JobFilter,
  type JobPage,
  type JobQuery,
  type Pushes,
  type PushName,
  pushNames,
  type QueueCounts,
  type RequestName,
  type Requests,
  requestNames,
  type Snapshot,
  type Throughput,
  type VerificationView,
  type WatchFolderView,
} from '#shared/ipc.ts';
import { requestArguments } from '#shared/ipc-arguments.ts';
import type { JobId, UploadJob } from '#shared/job.ts';
import type { Settings, SettingsPatch } from '#shared/settings.ts';
import type { PathExplanation, SettlingFile, WatchFolderDraft } from '#shared/watch-folder.ts';

test('requests have these signatures', () => {
  expectTypeOf<Requests>().toEqualTypeOf<{
    snapshot(): Snapshot;
    listJobs(query: JobQuery): JobPage;
    countJobs(filter: JobFilter): QueueCounts;
    getJob(id: JobId): JobDetails;
    changesSince(revision: number, limit: number): ChangePage;
    activeJobs(): readonly UploadJob[];
    view(ids: readonly JobId[]): void;
    addFiles(paths: readonly string[], options: AddOptions): AddReport;
    pauseJobs(filter: JobFilter): ActionReport;
    resumeJobs(filter: JobFilter): ActionReport;
    cancelJobs(filter: JobFilter): ActionReport;
    retryJobs(filter: JobFilter): ActionReport;
    moveJobsToTop(filter: JobFilter): ActionReport;
    removeJobs(filter: JobFilter): ActionReport;
    relocateJob(id: JobId, path: string): void;
    setPaused(isPaused: boolean): void;
    copyLink(id: JobId, format: LinkFormat | { readonly template: string }): CopiedLink;
    checkDestination(draft: Readonly<Record<string, unknown>>): readonly DraftProblem[];
    addDestination(draft: DestinationDraft, key: string | null): DestinationView;
    updateDestination(id: string, patch: Readonly<Record<string, unknown>>): DestinationView;
    setDestinationKey(id: string, key: string): DestinationView;
    removeDestination(id: string): { readonly jobsLeft: number };
    testDestination(id: string): VerificationView;
    testDestinationDraft(
      draft: DestinationDraft,
      key: string | null,
      existingId: string | null,
    ): VerificationView;
    pauseDestination(id: string): void;
    unblockDestination(id: string): void;
    describeKinds(): readonly {
      readonly kind: ProviderKind;
      readonly needsKey: boolean;
      readonly baseUrl: string;
      readonly limits: {
        readonly minBytes: number | null;
        readonly maxBytes: number | null;
        readonly mimeTypes: readonly string[] | null;
      };
    }[];
    addWatchFolder(draft: WatchFolderDraft): WatchFolderView;
    updateWatchFolder(id: string, patch: Readonly<Record<string, unknown>>): WatchFolderView;
    removeWatchFolder(id: string): void;
    scanWatchFolder(id: string): WatchFolderView;
    whenWatchFolderIdle(id: string): WatchFolderView;
    previewWatchFolder(draft: WatchFolderDraft, editedId: string | null): FolderPreview;
    settlingFiles(): readonly SettlingFile[];
    sendNow(path: string): AddedFile;
    explainPath(path: string): PathExplanation;
    listDirectories(path: string | null): DirectoryListing;
    updateSettings(patch: SettingsPatch): Settings;
    exportSettings(): string;
    importSettings(text: string): ImportReport;
    startDemo(): { readonly baseUrl: string; readonly endsWithEngine: boolean };
    shutdown(): void;
  }>();
});

test('pushes carry whole values', () => {
  expectTypeOf<Pushes>().toEqualTypeOf<{
    rowsChanged: readonly UploadJob[];
    countsChanged: { readonly counts: QueueCounts; readonly revision: number };
    throughputChanged: Throughput;
    destinationsChanged: readonly DestinationView[];
    foldersChanged: readonly WatchFolderView[];
    settingsChanged: Settings;
    notice: EngineNotice;
  }>();
  expectTypeOf<keyof typeof pushNames>().toEqualTypeOf<PushName>();
});

test('the sides are made of the same two maps', () => {
  expectTypeOf<keyof typeof requestArguments>().toEqualTypeOf<RequestName>();
  expectTypeOf<Exclude<keyof Api, 'on'>>().toEqualTypeOf<RequestName>();
  expectTypeOf<Api['getJob']>().toEqualTypeOf<(id: JobId) => Promise<JobDetails>>();
  expectTypeOf<Exclude<RequestName, keyof EngineService>>().toEqualTypeOf<'view'>();
  expectTypeOf<Answer<'getJob'>>()
    .extract<{ ok: true }>()
    .toHaveProperty('value')
    .toEqualTypeOf<JobDetails>();
});

test('no key can come back: what leaves the engine has no place for one', () => {
  expectTypeOf<keyof DestinationView>().toEqualTypeOf<
    'destination' | 'hasKey' | 'keyEnding' | 'hold' | 'mimeTypes'
  >();
  type FieldOf<T> = T extends unknown ? keyof T : never;
  expectTypeOf<Extract<FieldOf<Destination>, 'key' | 'apiKey' | 'token' | 'secret'>>().toBeNever();
});

describe('arguments', () => {
  const parse = (name: RequestName, args: readonly unknown[]) => requestArguments[name].safeParse(args);
  const query = { filter: {}, sort: 'added', direction: 'descending', cursor: null, limit: 50 };

  test.each<[RequestName, readonly unknown[]]>([
    ['snapshot', []],
    ['listJobs', [query]],
    ['listJobs', [{ ...query, sort: 'state', offset: 900_000 }]],
    ['countJobs', [{ tab: 'active', search: 'a' }]],
    ['getJob', [1]],
    ['view', [[1, 2, 3]]],
    ['addFiles', [['/a'], { destinationId: 'd', edges: [{ edge: 'image', path: '/a' }] }]],
    ['copyLink', [1, 'markdown']],
    ['copyLink', [1, { template: '{link}' }]],
    ['checkDestination', [{ name: '', kind: 'ftp' }]],
    ['addDestination', [{ name: 'a', kind: 'flora', workspaceId: 'ws_1' }, null]],
    ['updateDestination', ['d', { lanes: 2, folderId: null }]],
    ['listDirectories', [null]],
    ['listDirectories', ['~/Pictures']],
    ['testDestinationDraft', [{ name: 'a', kind: 'flora', workspaceId: 'ws_1' }, null, 'd']],
    ['importSettings', ['{}']],
    ['updateSettings', [{ isPaused: true }]],
    ['updateSettings', [{ slowMode: { isOn: true } }]],
  ])('of %s are taken as they are: %j', (name, args) => expect(parse(name, args).data).toEqual(args));

  test.each<[RequestName, readonly unknown[]]>([
    ['snapshot', [1]],
    ['listJobs', []],
    ['listJobs', [{ ...query, limit: 1001 }]],
    ['listJobs', [{ ...query, offset: -1 }]],
    ['listJobs', [{ ...query, offset: 1.5 }]],
    ['listJobs', [{ ...query, cursor: 'abc', offset: 0 }]],
    ['countJobs', [{ tab: 'done', extra: 1 }]],
    ['countJobs', [{ states: ['gone'] }]],
    ['getJob', ['1']],
    ['getJob', [0]],
    ['getJob', [1.5]],
    ['view', [Array.from({ length: 1001 }, () => 1)]],
    ['addFiles', [[''], { destinationId: 'd' }]],
    ['copyLink', [1, 'latex']],
    ['addDestination', [{ name: 'a', kind: 'ftp' }, null]],
    ['setDestinationKey', ['d', '']],
    ['listDirectories', ['']],
    ['testDestinationDraft', [{ name: 'a', kind: 'flora' }, '', null]],
    ['testDestinationDraft', [{ name: 'a', kind: 'flora' }, null]],
    ['importSettings', ['x'.repeat(1_048_577)]],
    ['updateSettings', [{ maxAttempts: 0 }]],
    ['setPaused', ['yes']],
  ])('of %s that are wrong, missing or too many are refused: %j', (name, args) =>
    expect(parse(name, args).success).toBe(false),
  );
});

test('names are unique and safe to send', () => {
  const names = [...requestNames, ...Object.keys(pushNames)];
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z][A-Za-z]+$/);
});

test('a failed request is an error with its failure', () => {
  const error = new ContractError(failure('too-large', 'cap is 50 MB', { limitBytes: 1 }));
  expect(error).toMatchObject({
    name: 'ContractError',
    message: 'cap is 50 MB',
    failure: { code: 'too-large' },
  });
  expect(new ContractError(failure('timeout')).message).toBe('timeout');
});
