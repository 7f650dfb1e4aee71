/** The requests about watch folders and single paths. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { EngineService } from '#ports/engine-service.ts';
import type { ProviderLimits } from '#ports/provider.ts';
import type { StoredJob } from '#ports/stored-job.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { Destination } from '#shared/destination.ts';
import { consequenceOf, type Failure, type FailureCode } from '#shared/failure.ts';
import type { FolderPreview } from '#shared/ipc.ts';
import type { UploadJob } from '#shared/job.ts';
import { type WatchFolder, type WatchFolderDraft, watchFolderSchema } from '#shared/watch-folder.ts';
import { explain } from './explain.ts';
import { groupRefusals } from './folders.ts';
import { listDirectories } from './list-directories.ts';
import { mimeTypeOf } from './orders.ts';
import type { KnownEdges } from './plan-edges.ts';
import type { ServiceParts } from './service-parts.ts';

const limitsTimeoutMs = 30_000;
/** Files that were given are on disk nowhere until their edges are known, or given up. */
const intakeTimeoutMs = 5000;

type FolderRequests = Pick<
  EngineService,
  | 'addWatchFolder'
  | 'updateWatchFolder'
  | 'removeWatchFolder'
  | 'scanWatchFolder'
  | 'whenWatchFolderIdle'
  | 'previewWatchFolder'
  | 'settlingFiles'
  | 'sendNow'
  | 'explainPath'
  | 'listDirectories'
>;

export function folderRequests(
  parts: ServiceParts,
  view: (job: StoredJob) => UploadJob,
): FolderRequests & { edgesForIntake(destination: Destination): Promise<KnownEdges> } {
  const { folders, watcher, destinations, journal, feed, queue } = parts;

  async function limitsOf(destination: Destination, timeoutMs = limitsTimeoutMs): Promise<ProviderLimits> {
    const resolved = await destinations.resolve(destination.id);
    if (resolved === null) throw new UploadError('not-found');
    const abort = new AbortController();
    const undo = parts.options.clock.setTimer(timeoutMs, () => abort.abort(new UploadError('timeout')));
    try {
      return await parts.providers[destination.kind].limits({
        destination: resolved.destination,
        api: parts.createApiClient(resolved),
        signal: abort.signal,
        now: () => parts.options.clock.now(),
        note: () => undefined,
      });
    } finally {
      undo();
    }
  }

  async function edgesOf(destination: Destination): Promise<readonly string[] | null> {
    return destination.kind === 'pupload' ? (await limitsOf(destination)).edges : null;
  }

  /** Where nobody tells them now, the files wait for it in the queue: the reservation asks again. */
  async function edgesForIntake(destination: Destination): Promise<KnownEdges> {
    if (destination.kind !== 'pupload') return null;
    try {
      return (await limitsOf(destination, intakeTimeoutMs)).edges;
    } catch (error) {
      if (error instanceof UploadError && passes(error.code)) return 'unknown';
      throw error;
    }
  }

  /** What a destination and a host must be able to do for this folder. Throws `invalid`. */
  async function checkDraft(draft: WatchFolderDraft): Promise<Destination> {
    const destination = destinations.get(draft.destinationId);
    const after = draft.after?.kind ?? 'keep';
    if (after !== 'keep' && !parts.providers[destination.kind].confirmsLastingAsset) {
      throw new UploadError(
        'invalid',
        `Originals can only be moved or trashed where the service confirms a lasting asset; ${destination.name} does not.`,
      );
    }
    if (after === 'trash' && parts.options.host.trash === null) {
      throw new UploadError('invalid', 'Only the desktop app can use the trash.');
    }
    const edges = await edgesOf(destination);
    if (edges !== null && edges.length !== 1) {
      throw new UploadError(
        'invalid',
        `A watch folder needs a flow with exactly one upload edge; this one has ${edges.length}.`,
      );
    }
    return destination;
  }

  const rootOf = (id: string) => folders.view(id).folder.path;

  return {
    edgesForIntake,
    async addWatchFolder(draft) {
      const destination = await checkDraft(draft);
      const added = await folders.add({ ...draft, path: resolve(draft.path), destinationId: destination.id });
      feed.tell({ kind: 'folders' });
      return added;
    },
    async updateWatchFolder(id, patch) {
      const { folder } = folders.view(id);
      await checkDraft({ ...folder, ...patch });
      const updated = await folders.update(id, patch);
      feed.tell({ kind: 'folders' });
      return updated;
    },
    async removeWatchFolder(id) {
      await folders.remove(id);
    },
    async scanWatchFolder(id) {
      rootOf(id);
      await watcher.scan(id);
      return folders.view(id);
    },
    async whenWatchFolderIdle(id) {
      rootOf(id);
      await watcher.idle(id);
      return folders.view(id);
    },
    async previewWatchFolder(draft, editedId): Promise<FolderPreview> {
      const destination = destinations.get(draft.destinationId);
      const limits = await limitsOf(destination);
      const folder = watchFolderSchema.omit({ id: true }).parse({ ...draft, path: resolve(draft.path) });
      const report = await watcher.preview(folder, editedId);
      return { ...report, refused: groupRefusals(await refusals(folder, destination, limits)) };
    },
    settlingFiles: () =>
      watcher.settling().map((file) => ({
        folderId: file.folderId,
        path: join(rootOf(file.folderId), file.relativePath),
        sizeBytes: file.sizeBytes,
        since: file.since,
        bytesPerSecond: file.bytesPerSecond,
      })),
    async sendNow(path) {
      const owner = folders.owner(path);
      if (owner === null) throw new UploadError('not-found', 'No watch folder holds this path.');
      await watcher.sendNow(owner.folder.id, owner.relativePath);
      const [job] = await journal.findByPath(path);
      return { path, jobId: job === undefined ? null : view(job).id, outcome: 'added', failure: null };
    },
    listDirectories: (path) => listDirectories(path, homedir()),
    explainPath: (path) =>
      explain(resolve(path), {
        journal,
        folders,
        destinations,
        ruleFor: (folderId, relativePath, sizeBytes) =>
          watcher.ruleFor(folders.view(folderId).folder, relativePath, sizeBytes),
        settlingFile: (folderId, relativePath) =>
          watcher
            .settling()
            .find((file) => file.folderId === folderId && file.relativePath === relativePath) ?? null,
        holdOf: (id) => queue.holdOf(id),
        now: () => parts.options.clock.now(),
        isWatching: parts.options.startsWork ?? true,
      }),
  };

  /** The files that this folder would send, and the destination would not take. */
  async function refusals(
    folder: Omit<WatchFolder, 'id'>,
    destination: Destination,
    limits: ProviderLimits,
  ): Promise<readonly { failure: Failure; path: string }[]> {
    const refused: { failure: Failure; path: string }[] = [];
    const provider = parts.providers[destination.kind];
    for await (const { path, relativePath: name, version } of watcher.walk(folder.path, folder)) {
      const file = { name, path, sizeBytes: version.sizeBytes, mimeType: mimeTypeOf(path), edge: null };
      const problem = provider.check(file, destination, limits);
      if (problem !== null) refused.push({ failure: problem, path: name });
    }
    return refused;
  }
}

/** Of the service and the way to it, not of the flow: it passes by itself, or when somebody mends it. */
function passes(code: FailureCode): boolean {
  const consequence = consequenceOf(code);
  return consequence === 'retry' || consequence === 'hold' || consequence === 'block-destination';
}
