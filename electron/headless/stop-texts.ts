/** What a command says that ends before its files have ended. Pure. */
import { safeLine } from './show/safe-text.ts';

export interface StopFacts {
  readonly completed: number;
  readonly left: number;
  readonly isOwner: boolean;
}

export function uploadStopped({ completed, left, isOwner }: StopFacts): string {
  const done = `${completed} completed, ${left} left.`;
  if (left === 0) return `Stopped. ${done}`;
  return isOwner
    ? `Stopped. ${done} They stay in the queue: hoist run goes on, and so does the same command.`
    : `Not followed any more. ${done} The engine that runs elsewhere goes on; hoist status shows how far it is.`;
}

export function watchStopped(facts: StopFacts, path: string): string {
  const done = `${facts.completed} completed, ${facts.left} left.`;
  return facts.isOwner
    ? `Stopped. ${done} The folder stays remembered: hoist run goes on with it, hoist folders remove ${safeLine(path)} forgets it.`
    : `Not followed any more. ${done} The engine that runs elsewhere goes on watching; hoist folders remove ${safeLine(path)} ends that.`;
}

export function runStopped({ completed, left, isOwner }: StopFacts): string {
  if (!isOwner) return 'Not followed any more. The engine that runs elsewhere goes on.';
  return `Stopped. ${completed} completed${left > 0 ? `, ${left} left in the queue` : ''}. hoist run goes on.`;
}

export const stopping = 'Stopping… (Ctrl-C again ends at once)';
export const engineGone = 'The engine that ran elsewhere has ended; this command goes on by itself.';
export const askedToEnd = 'Ended, because another process asked for it.';
