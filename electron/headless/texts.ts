/** Every sentence that the command line says, and its help. Pure: from values to text. */
import type { Destination } from '#shared/destination.ts';
import { explainFailure, failure } from '#shared/failure.ts';
import type { DestinationView, QueueCounts, Snapshot, Throughput, WatchFolderView } from '#shared/ipc.ts';
import type { UploadJob } from '#shared/job.ts';
import { failureText, holdOf, holdReason, holdText, withOwnWords } from './failure-texts.ts';
import type { HoistWords } from './hoist-words.ts';
import type { CompletedRecord, ProgressRecord } from './records.ts';
import { refusalText } from './refusal-text.ts';
import { aboutText, countText, sizeText, speedText, waitText } from './show/amounts.ts';
import type { ListRow } from './show/columns.ts';
import { stageWords } from './show/frame.ts';
import { safeLine } from './show/safe-text.ts';

export * from './failure-texts.ts';
export * from './stop-texts.ts';

// Failures.

export const unknownError = (message: string): string =>
  `Hoist made a mistake: ${safeLine(message)} (HOIST_DEBUG=1 shows where.)`;
export const engineBusy = (dataDir: string): string =>
  `Another process uses ${safeLine(dataDir)} but does not answer. Wait a moment and try again, or end that process.`;
export const outputLost = (reason: string): string => `The output could not be written: ${safeLine(reason)}.`;
export const otherVersion =
  'Another version of Hoist is running on this data directory. End it, or use the same version.';

// Choosing.

const list = (names: readonly string[]) => names.map(safeLine).join(', ');
export const unknownDestination = (name: string, names: readonly string[]): string =>
  `There is no destination ${safeLine(name)}. There are: ${list(names)}.`;
export const whichDestination = (names: readonly string[]): string =>
  `Say where to, with --to NAME. There are: ${list(names)}.`;
export const whichJobs = 'Say which jobs: an ID, a PATH, --to NAME or --all (or for retry, --failed).';
export const noSuchJob = (what: string): string => `There is no job for ${safeLine(what)}. See hoist status.`;
export const noSuchFolder = (what: string, paths: readonly string[]): string =>
  paths.length === 0
    ? 'There are no watch folders.'
    : `${safeLine(what)} is not a watch folder. There are: ${list(paths)}.`;
export const nothingGiven = 'Give at least one file or directory.';
export const alreadyWatched = (path: string): string =>
  `${safeLine(path)} is a remembered watch folder already. Use hoist run, or hoist upload ${safeLine(path)}; hoist folders remove ends the watching.`;
export const existingTooLate = (path: string, destination: string): string =>
  `${safeLine(path)} is remembered already, and what was in it then stays. To send that, too: hoist upload ${safeLine(path)} --to ${safeLine(destination)}`;
export const noFolder = (path: string): string => `There is no folder ${safeLine(path)}.`;
export const noDirectory = (path: string): string =>
  `${safeLine(path)} is no folder; hoist upload takes files.`;
export const folderClosed = (path: string): string => `Hoist may not read the folder ${safeLine(path)}.`;
export const onceIncludes = '--once sends everything in the folder: --existing is not needed.';
export const cannotRepeatForced =
  'The engine ended while the files were given with --again. See hoist status before you give them again.';

// While files go up.

export interface AddedNumbers {
  readonly added: number;
  readonly joined: number;
  readonly linked: number;
  readonly ignored: number;
}

/** "3 files for demo-flora: 1 new, 1 already in the queue, 1 already up. 2 ignored." */
export function addedText(numbers: AddedNumbers, destination: string): string {
  const { added, joined, linked, ignored } = numbers;
  const all = added + joined + linked;
  const parts = [
    ...(added > 0 && added < all ? [`${added} new`] : []),
    ...(joined > 0 ? [`${joined} already in the queue`] : []),
    ...(linked > 0 ? [`${linked} already up`] : []),
  ];
  const head = all === 0 ? 'Nothing to upload' : `${countText(all, 'file')} for ${safeLine(destination)}`;
  const left = ignored > 0 ? ` ${ignored} ignored.` : '';
  return `${head}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}.${left}`;
}

const fileName = (path: string) => safeLine(path.split(/[\\/]/).at(-1) ?? path);

/** Where the path of a record stands. */
const eventIndent = 11;

/** What stays on stderr of a record; null for what only `--json` says. */
export function recordText(record: ProgressRecord, now: number, hoist: HoistWords): string | null {
  switch (record.type) {
    case 'added':
    case 'ignored':
    case 'interrupted':
    case 'summary':
      return null;
    case 'refused':
      return withOwnWords(
        `Refused    ${safeLine(record.path)}: ${refusalText(record)}`,
        record.failure?.code === 'file-missing' ? null : record.failure,
        eventIndent,
      );
    case 'renewed':
      return `Renewed    ${fileName(record.path)}: the upload link ran out and was asked for anew (${record.renewals}).`;
    case 'retrying':
      return `Waiting    ${fileName(record.path)}: ${record.failure === null ? '' : `${safeLine(record.failure.reason)} `}Tries again in ${waitText(record.until - now)} (attempt ${record.attempts} failed).`;
    case 'completed':
      return `Completed  ${fileName(record.path)} (${sizeText(record.bytes)})${artifactsText(record)}`;
    case 'failed':
    case 'blocked': {
      const head = record.type === 'failed' ? 'Failed     ' : 'Needs you  ';
      const text = `${head}${safeLine(record.path)}: ${safeLine(failureText(record.failure))}`;
      return withOwnWords(text, record.failure, eventIndent);
    }
    case 'canceled':
      return `Canceled   ${safeLine(record.path)}`;
    case 'held':
      return `Held       ${holdText(record, now, hoist)}`;
    case 'released':
      return record.destination === '' ? 'Continues' : `Continues  ${safeLine(record.destination)}`;
    case 'notice':
      return safeLine(record.text);
  }
}

/** Pupload: "; out → store/object". */
function artifactsText({ artifacts }: CompletedRecord): string {
  return artifacts.map(({ edge, store, object }) => `; ${safeLine(`${edge} → ${store}/${object}`)}`).join('');
}

export interface EndNumbers {
  readonly completed: number;
  readonly failed: number;
  readonly blocked: number;
  readonly canceled: number;
  readonly refused: number;
  readonly bytesCompleted: number;
}

/** "57 completed (4.6 GB), 2 failed, 1 needs you." */
export function summaryText(numbers: EndNumbers): string {
  const { completed, failed, blocked, canceled, refused } = numbers;
  const parts = [
    `${completed} completed (${sizeText(numbers.bytesCompleted)})`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(blocked > 0 ? [`${blocked} ${blocked === 1 ? 'needs' : 'need'} you`] : []),
    ...(canceled > 0 ? [`${canceled} canceled`] : []),
    ...(refused > 0 ? [`${refused} refused`] : []),
  ];
  return `${parts.join(', ')}.`;
}

/** Short remarks behind the live numbers. */
export const endRemarks = ({ failed, blocked }: { failed: number; blocked: number }): readonly string[] => [
  ...(failed > 0 ? [`${failed} failed`] : []),
  ...(blocked > 0 ? [`${blocked} ${blocked === 1 ? 'needs' : 'need'} you`] : []),
];

// Hosts.

export const following = ({ engine }: Snapshot): string =>
  `Hoist runs already in process ${engine.pid} (${safeLine(engine.host)}); following it, and taking over when it ends.`;
export const running = (folders: number, dataDir: string): string =>
  `Running on ${safeLine(dataDir)} with ${countText(folders, 'watch folder')}. Ctrl-C stops.`;
export const watching = (path: string, destination: string): string =>
  `Watching ${safeLine(path)} for ${safeLine(destination)}. Ctrl-C stops.`;
export const sendingOnce = (path: string, destination: string): string =>
  `Sending all of ${safeLine(path)} to ${safeLine(destination)}.`;
export const demoLinksEnd = (hoist: HoistWords): string =>
  `The demo service ends with this command. Its links open while it runs: ${hoist('demo')}`;
export const wereThere = (count: number): string => `${countText(count, 'file')} had been up already.`;
export const beingWritten = (count: number): string => `${countText(count, 'file')} still being written`;
export const demoRuns = (faults: readonly string[]): string =>
  `The demo service runs${faults.length === 0 ? '' : `, with ${faults.join(', ')}`}. Ctrl-C stops it; what was uploaded stays.`;
export const demoElsewhere = (origin: string): string =>
  `The demo service runs already, at ${origin}, inside another Hoist process. End that one to run it here.`;
export const badFault = (flag: string, why: string): string => `${safeLine(flag)}: ${safeLine(why)}`;
export const portTaken = (port: number): string =>
  `Port ${port} cannot be had: another program has it, or it needs more rights. Take another with --port, or leave it out.`;
export const demoStopped = 'The demo service has ended.';

// Status.

export function countsText(counts: QueueCounts): string {
  const { done, active, waiting, needsYou, failed } = counts.byTab;
  const canceled = counts.byState.canceled;
  const parts = [
    `${done} done`,
    `${active} active`,
    `${waiting} waiting`,
    `${needsYou} ${needsYou === 1 ? 'needs' : 'need'} you`,
    `${failed} failed`,
    ...(canceled > 0 ? [`${canceled} canceled`] : []),
  ];
  return `${countText(counts.all, 'job')}: ${parts.join(', ')}.`;
}

/** "Held: demo-flora: …", also for a destination that no job waits for; a pause of the whole queue is said once. */
export function heldLine(view: DestinationView, now: number, hoist: HoistWords): string | null {
  const hold = holdOf(view);
  if (hold === null || hold.kind === 'all-paused') return null;
  return withOwnWords(`Held: ${holdText(hold, now, hoist)}`, hold.failure, 6);
}

/** The last line of `hoist run`: "3 active · 40 waiting · 6.1 MB/s · about 9 min". */
export function queueText(counts: QueueCounts, throughput: Throughput | null): string {
  const { active, waiting, needsYou, failed } = counts.byTab;
  const speed = throughput?.bytesPerSecond ?? 0;
  const left = throughput?.remainingMs ?? null;
  return [
    `${active} active`,
    `${waiting} waiting`,
    ...endRemarks({ failed, blocked: needsYou }),
    ...(speed > 0 ? [speedText(speed)] : []),
    ...(left === null || speed === 0 ? [] : [aboutText(left)]),
  ].join(' · ');
}

export const engineText = (snapshot: Snapshot, isOwner: boolean): string =>
  isOwner
    ? 'No engine is running; hoist run starts one.'
    : `The engine runs in process ${snapshot.engine.pid} (${safeLine(snapshot.engine.host)}).`;

export const sectionTitles = {
  active: 'Active',
  waiting: 'Waiting',
  needsYou: 'Needs you',
  failed: 'Failed',
} as const;
/** Completed and canceled jobs, where they were asked for by name. */
export const endedTitle = 'Ended';
export const moreJobs = (count: number): string => `  … and ${count} more (hoist status --json lists all)`;
export const noLinks = 'No links yet.';
export const noLinkMatches = 'No link matches.';

/** "  12  photo.jpg → demo-flora  Sending 62 % at 6.1 MB/s", and below it what the service said of a failure. */
export function jobLine(
  job: UploadJob,
  view: DestinationView | undefined,
  now: number,
  hoist: HoistWords,
): string {
  const head = `  ${String(job.id).padStart(4)}  `;
  const text = `${head}${safeLine(job.path)} → ${safeLine(job.destinationName)}: ${jobStateText(job, view, now, hoist)}`;
  return withOwnWords(text, 'failure' in job.state ? job.state.failure : null, head.length);
}

/** What a job does, or waits for, and why. `view` undefined: its destination was removed. */
export function jobStateText(
  job: UploadJob,
  view: DestinationView | undefined,
  now: number,
  hoist: HoistWords,
): string {
  const { state } = job;
  const hold = view === undefined ? null : holdOf(view);
  switch (state.name) {
    case 'uploading': {
      const percent = job.bytesTotal === 0 ? 0 : Math.floor((job.bytesSent / job.bytesTotal) * 100);
      const speed = job.bytesPerSecond === null ? '' : ` at ${speedText(job.bytesPerSecond)}`;
      return `Sending ${percent} %${speed}`;
    }
    case 'reserving':
    case 'inspecting':
    case 'completing':
    case 'processing':
      return stageWords[state.name] ?? state.name;
    case 'waiting': {
      // Nobody knows when a pause ends: a time to try again would be a lie.
      if (hold?.kind === 'paused' || hold?.kind === 'all-paused')
        return `Held. ${holdReason(hold, now, hoist)}`;
      const why = state.failure === null ? '' : ` ${safeLine(explainFailure(state.failure).reason)}`;
      return `Tries again in ${waitText(state.until - now)} (attempt ${job.attempts} failed).${why}`;
    }
    case 'queued':
      // The engine says so as soon as it works.
      if (view === undefined) return safeLine(failureText(failure('destination-missing')));
      return hold === null ? 'In line.' : `Held. ${holdReason(hold, now, hoist)}`;
    case 'paused':
      return `Paused. Continue with: ${hoist('resume', String(job.id))}`;
    case 'blocked':
    case 'failed':
      return safeLine(failureText(state.failure));
    case 'completed':
      return safeLine(job.link ?? state.asset.link);
    case 'canceled':
      return `Canceled. Bring it back with: ${hoist('retry', String(job.id))}`;
  }
}

// Actions.

const actionWords = {
  retry: 'tried again',
  cancel: 'canceled',
  pause: 'paused',
  resume: 'resumed',
} as const;
export type ActionName = keyof typeof actionWords;

export const actionText = (action: ActionName, count: number): string =>
  count === 0 ? `Nothing was ${actionWords[action]}.` : `${countText(count, 'job')} ${actionWords[action]}.`;
export const leftText = (reason: string, count: number): string =>
  `${countText(count, 'job')} left alone: ${safeLine(reason)}`;
export const queueResumed = 'The queue is not paused any more.';
export const destinationResumed = (name: string): string => `${safeLine(name)} is not paused any more.`;
export const noEngineRuns = 'No engine is running at the moment: hoist run goes on with the queue.';

// Destinations and folders.

export const destinationAdded = (name: string, hoist: HoistWords): string =>
  `Added ${safeLine(name)}. Prove that it works with: ${safeLine(hoist('destinations', 'test', name))}`;
/** "Removed far-side. 3 jobs for it are not done: …" */
export function destinationRemoved({ name, kind }: Destination, jobsLeft: number): string {
  const head = `Removed ${safeLine(name)}.`;
  if (jobsLeft === 0) return head;
  const are = jobsLeft === 1 ? 'is' : 'are';
  return `${head} ${countText(jobsLeft, 'job')} for it ${are} not done and ${jobsLeft === 1 ? 'goes' : 'go'} on when a ${kind} destination of this name is added again; hoist status lists what waits.`;
}
export const keyStored = (name: string): string => `Stored the new key of ${safeLine(name)}.`;
export const keyPrompt = (name: string): string => `Key of ${safeLine(name)}: `;
export const badKey = 'That is not a key: it is too long, or has characters that no key has.';
export const promptCanceled = 'Canceled.';
export const noKey = 'No key was given: set HOIST_KEY, type it at the prompt, or pipe it in.';

export function destinationRow(view: DestinationView, now: number, hoist: HoistWords): ListRow {
  const { destination } = view;
  const hold = holdOf(view);
  const key = view.keyEnding === null ? '' : `key …${safeLine(view.keyEnding)}`;
  const place = destination.isDemo ? 'the built-in demo service' : safeLine(destination.baseUrl);
  const held = hold === null ? [] : [holdText(hold, now, hoist)];
  return { cells: [safeLine(destination.name), destination.kind, place, key], below: held };
}

export const folderRemoved = (path: string): string =>
  `${safeLine(path)} is not watched any more. Its files, and what is in the queue, stay.`;
export const folderPaused = (path: string): string => `${safeLine(path)} is paused.`;
export const folderResumed = (path: string): string => `${safeLine(path)} is watched again.`;
export const noFolders = (hoist: HoistWords): string =>
  `There are no watch folders. Add one with: ${hoist('watch', 'DIR', '--to', 'NAME')}`;

/** Where no engine runs, nobody knows more of a folder than that it is remembered. */
export function folderRow(
  { folder, health }: WatchFolderView,
  destination: string,
  isRunning: boolean,
): ListRow {
  const head = [safeLine(folder.path), `→ ${safeLine(destination)}`];
  if (!isRunning)
    return { cells: [...head, folder.isPaused ? 'paused' : 'remembered; hoist run watches it'] };
  const classes = `${health.seen} seen: ${countText(health.jobs, 'job')}, ${health.settling} being written, ${health.ignored} ignored, ${health.baseline} were there before`;
  const reason = health.reason === null ? [] : [safeLine(health.reason)];
  const state = folder.isPaused ? 'paused' : health.state;
  return { cells: [...head, state], below: [classes, ...reason] };
}
