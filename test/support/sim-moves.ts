/** Which states may follow each other on disk: the table of a job's life, read by states alone. */
import type { StateName } from '#shared/job.ts';

const running = ['queued', 'waiting', 'failed', 'blocked', 'canceled'] as const;

/** A state that stays is no move. A crash (`recovered`) leads to `queued`, too. */
const next: Readonly<Record<StateName, readonly StateName[]>> = {
  queued: ['reserving', 'inspecting', 'uploading', 'completing', 'paused', 'blocked', 'canceled'],
  reserving: [...running, 'uploading', 'paused', 'completed'],
  inspecting: [...running, 'completing', 'paused', 'completed'],
  uploading: [...running, 'completing', 'paused'],
  completing: [...running, 'processing', 'completed', 'paused'],
  processing: [...running, 'completed', 'paused'],
  waiting: ['queued', 'paused', 'blocked', 'canceled'],
  paused: ['queued', 'blocked', 'canceled'],
  blocked: ['queued', 'canceled'],
  completed: [],
  failed: ['queued'],
  canceled: ['queued'],
};

export const isLegalMove = (from: StateName, to: StateName): boolean =>
  from === to || next[from].includes(to);
