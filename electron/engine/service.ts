import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineService } from '#ports/engine-service.ts';
import type { StoredJob } from '#ports/stored-job.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { JobFilter, Requests, Throughput } from '#shared/ipc.ts';
import type { JobId, UploadJob } from '#shared/job.ts';
import { settingsRequests } from './carry-settings.ts';
import { destinationRequests } from './destination-requests.ts';
import { folderRequests } from './folder-requests.ts';
import { takeFiles } from './intake.ts';
import { copyLink } from './links.ts';
import { writeReport } from './report.ts';
import type { ServiceParts } from './service-parts.ts';
import { createThroughput } from './throughput.ts';
import { viewJob } from './views.ts';

export function createService(parts: ServiceParts): EngineService {
  const { options, settings, journal, queue, folders, destinations, feed } = parts;
  const { clock } = options;
  const startedAt = clock.now();

  /** A job that runs is newer in memory than any row that was read. */
  const view = (stored: StoredJob): UploadJob => {
    const live = queue.live(stored.id);
    const job = live !== null && live.job.revision >= stored.revision ? live.job : stored;
    return viewJob(job, destinations.known(job.destinationId), live);
  };
  const load = async (id: JobId): Promise<StoredJob> => {
    const [job] = await journal.load([id]);
    if (job === undefined) throw new UploadError('not-found', `There is no job ${id}.`);
    return job;
  };
  const throughput = createThroughput(clock, queue);
  const countJobs: Requests['countJobs'] extends (filter: JobFilter) => infer R
    ? (filter: JobFilter) => Promise<R>
    : never = async (filter) => {
    const isWhole = Object.values(filter).every((condition) => condition === undefined);
    const take = isWhole ? throughput.counting() : null;
    const counts = await journal.counts(filter);
    take?.(counts);
    return counts;
  };
  const destinationViews = () =>
    destinations.list().map((each) => destinations.view(each, queue.holdOf(each.id)));
  const folderPart = folderRequests(parts, view);
  let closing: Promise<void> | null = null;
  const close = () => {
    closing ??= parts.close();
    return closing;
  };

  return {
    ...destinationRequests(parts, destinationViews),
    ...folderPart,
    ...settingsRequests(parts, async (draft) => folderPart.addWatchFolder(draft)),
    async snapshot() {
      // In this order: whoever reads on from this revision misses nothing.
      const revision = await journal.revision();
      const counts = await countJobs({});
      return {
        engine: {
          version: options.version,
          host: options.host.name,
          dataDir: options.dataDir,
          pid: process.pid,
          startedAt,
          logDirectory: options.host.logDirectory ?? null,
        },
        revision,
        counts,
        throughput: throughput.read(),
        destinations: destinationViews(),
        folders: folders.views(),
        settings: settings.settings(),
        notices: feed.notices(),
      };
    },
    async listJobs(query) {
      const page = await journal.page(query);
      return { rows: page.rows.map(view), nextCursor: page.nextCursor };
    },
    countJobs,
    async getJob(id) {
      const job = view(await load(id));
      const timeline = await journal.timeline(id);
      return { job, timeline, report: writeReport(job, timeline, options.version) };
    },
    async changesSince(revision, limit) {
      const changes = await journal.changesSince(revision, limit);
      return { rows: changes.jobs.map(view), revision: changes.revision, isComplete: changes.isComplete };
    },
    activeJobs: () =>
      queue.active().map((live) => viewJob(live.job, destinations.known(live.job.destinationId), live)),
    rows: async (ids) => (await journal.load(ids)).map(view),
    throughput: (): Throughput => throughput.read(),

    async addFiles(paths, addOptions) {
      const destination = destinations.get(addOptions.destinationId);
      return takeFiles(paths, destination, addOptions, {
        queue,
        watcher: parts.watcher,
        readFileVersion: parts.readFileVersion,
        edgesOf: folderPart.edgesForIntake,
        inboxDir: join(await realpath(options.dataDir), 'inbox'),
        now: () => clock.now(),
      });
    },
    pauseJobs: (filter) => queue.pause(filter),
    resumeJobs: (filter) => queue.resume(filter),
    cancelJobs: (filter) => queue.cancel(filter),
    retryJobs: (filter) => queue.retry(filter),
    moveJobsToTop: (filter) => queue.moveToTop(filter),
    removeJobs: (filter) => queue.remove(filter),
    async relocateJob(id, path) {
      await load(id);
      await parts.readFileVersion(path, { followSymlink: true });
      await queue.moved(id, path, path.split(/[\\/]/).at(-1) ?? path);
      await queue.retry({ ids: [id] });
    },
    async setPaused(isPaused) {
      settings.updateSettings({ isPaused });
      await queue.settingsChanged();
    },
    async copyLink(id, format) {
      return copyLink(await load(id), format, { ...parts, clock });
    },
    async updateSettings(patch) {
      const after = settings.updateSettings(patch);
      parts.bandwidthChanged();
      await queue.settingsChanged();
      return after;
    },
    async startDemo() {
      const address = await parts.demo.open();
      feed.tell({ kind: 'destinations' });
      return { baseUrl: address.origin, endsWithEngine: parts.demo.isOwn };
    },
    shutdown: close,
    onChange: (listener) => feed.onChange(listener),
    close,
  };
}
