/** The upload queue: what others may know of it. */

export type { QueueOptions, ResolvedDestination } from './options.ts';
export { type LiveJob, openQueue, type Queue } from './queue.ts';
