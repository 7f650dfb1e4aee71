/**
 * What a person types to go on with what stands still. The failures' own hints say what to do in words that hold for a
 * window, too; the commands for it are made here, from the failure's code. Pure.
 */
import { type Consequence, consequenceOf, type FailureCode } from '#shared/failure.ts';
import type { DestinationView } from '#shared/ipc.ts';
import type { JobId, UploadJob } from '#shared/job.ts';
import type { HoistWords } from './hoist-words.ts';
import { safeLine } from './show/safe-text.ts';

/** What stands still: a job, or without `jobId` a whole destination. */
export interface Standing {
  readonly jobId: JobId | null;
  readonly destination: string;
  readonly path: string | null;
  readonly isFailed: boolean;
  readonly code: FailureCode;
}

/** A job, where it stands still. `isOfRemoved`: its destination is not there, which an engine that works says itself. */
export function standingJob(job: UploadJob, isOfRemoved = false): readonly Standing[] {
  const { state } = job;
  if (isOfRemoved && state.name === 'queued') {
    const { destinationName: destination, path } = job;
    return [{ jobId: job.id, destination, path, isFailed: false, code: 'destination-missing' }];
  }
  if (state.name !== 'failed' && state.name !== 'blocked') return [];
  return [
    {
      jobId: job.id,
      destination: job.destinationName,
      path: job.path,
      isFailed: state.name === 'failed',
      code: state.failure.code,
    },
  ];
}

/** A destination, where it waits for a person. */
export function standingDestination({ destination, hold }: DestinationView): readonly Standing[] {
  if (hold?.kind !== 'blocked' || hold.failure === null) return [];
  return [
    {
      jobId: null,
      destination: destination.name,
      path: null,
      isFailed: false,
      code: hold.failure.code,
    },
  ];
}

/**
 * - `key`: give the destination a key; its jobs then go on by themselves
 * - `destination`: put something right, then let the whole destination go on
 * - `job`: put something right, then retry the job
 * - `elsewhere`: this destination will never take the file
 * - `edges`: give the files of one flow run anew
 * - `add`: make the destination that is missing
 * - `none`: goes on by itself, or needs a file of another name
 */
export type WayOn = 'key' | 'destination' | 'job' | 'elsewhere' | 'edges' | 'add' | 'none';

const byConsequence: Readonly<Record<Consequence, WayOn>> = {
  'block-destination': 'destination',
  block: 'job',
  retry: 'job',
  fail: 'job',
  hold: 'none',
};

const byCode: Readonly<Partial<Record<FailureCode, WayOn>>> = {
  'key-missing': 'key',
  'key-refused': 'key',
  'too-large': 'elsewhere',
  'empty-file': 'elsewhere',
  'type-refused': 'elsewhere',
  'edge-unknown': 'edges',
  'edge-unfilled': 'edges',
  'destination-missing': 'add',
  'name-refused': 'none',
  // Said of what was given, not of a job.
  'not-a-file': 'none',
  'folder-unreadable': 'none',
  'folder-refused': 'none',
  'not-found': 'none',
  invalid: 'none',
};

export const wayOnOf = (code: FailureCode): WayOn => byCode[code] ?? byConsequence[consequenceOf(code)];

/** More than these are named by their destination. */
const maxIds = 3;

/** One line per thing to type, each once; what failed before what waits for the person. */
export function waysOnLines(standing: readonly Standing[], hoist: HoistWords): readonly string[] {
  const byWay = Map.groupBy(standing, ({ code }) => wayOnOf(code));
  const at = (way: WayOn) => byWay.get(way) ?? [];
  const jobs = at('job');
  const lines = [
    ...retryLines(
      jobs.filter(({ isFailed }) => isFailed),
      'Try what failed again with',
      ['--failed'],
      hoist,
    ),
    ...retryLines(
      jobs.filter(({ isFailed }) => !isFailed),
      'When that is put right',
      [],
      hoist,
    ),
    ...destinationsOf(at('destination')).map(
      (name) => `When that is put right: ${hoist('retry', '--to', name)}`,
    ),
    ...destinationsOf(at('key')).map((name) => `Give a key with: ${hoist('destinations', 'key', name)}`),
    ...elsewhereLines(at('elsewhere'), hoist),
    ...destinationsOf(at('edges')).map(
      (name) => `Give the files with: ${hoist('upload', '--to', name, '--edge', 'EDGE=FILE', '…')}`,
    ),
    ...destinationsOf(at('add')).map(
      (name) => `Add it with: ${hoist('destinations', 'add', name, '--kind', 'KIND')}`,
    ),
  ];
  return [...new Set(lines)].map(safeLine);
}

/** A few by their IDs: "all" would also try again what nobody looks at now. */
function retryLines(
  jobs: readonly Standing[],
  lead: string,
  options: readonly string[],
  hoist: HoistWords,
): readonly string[] {
  const ids = jobs.flatMap(({ jobId }) => (jobId === null ? [] : [String(jobId)]));
  if (jobs.length === 0) return [];
  if (ids.length === jobs.length && ids.length <= maxIds) return [`${lead}: ${hoist('retry', ...ids)}`];
  return destinationsOf(jobs).map((name) => `${lead}: ${hoist('retry', ...options, '--to', name)}`);
}

function elsewhereLines(jobs: readonly Standing[], hoist: HoistWords): readonly string[] {
  const [first, ...others] = jobs;
  if (first === undefined) return [];
  const file = others.length > 0 || first.path === null ? 'FILE' : first.path;
  return [`Send it elsewhere with: ${hoist('upload', file, '--to', 'NAME')}`];
}

const destinationsOf = (standing: readonly Standing[]): readonly string[] => [
  ...new Set(standing.map(({ destination }) => destination)),
];
