import type { HintTrouble } from './protocol.ts';

/** Events of a folder cannot be relied on: it is walked often instead. */
export interface Degradation {
  readonly state: 'polling' | 'unreliable';
  readonly reason: string;
}

/** The limits of inotify as the system states them; null where they cannot be read. */
export interface InotifyLimits {
  readonly watches: number | null;
  readonly instances: number | null;
}

const instead = 'Hoist walks the folder every 30 to 60 s instead.';

/** What an error of the watching means: ENOSPC and EMFILE are the two limits of inotify(7), each with its own setting. */
export function degradationBy(trouble: HintTrouble, limits: InotifyLimits): Degradation {
  const of = (limit: number | null) => (limit === null ? '' : ` (${limit})`);
  switch (trouble.code) {
    case 'ENOSPC':
      return {
        state: 'polling',
        reason: `The limit of inotify watches${of(limits.watches)} is reached. ${instead} To raise it: sysctl fs.inotify.max_user_watches=${Math.max(524_288, 2 * (limits.watches ?? 0))}`,
      };
    case 'EMFILE':
      return {
        state: 'polling',
        reason: `The limit of inotify instances${of(limits.instances)}, or of open files, is reached. ${instead} To raise it: sysctl fs.inotify.max_user_instances=${Math.max(1024, 2 * (limits.instances ?? 0))}`,
      };
    default:
      return {
        state: 'unreliable',
        reason: `The system reported an error while watching${trouble.code === null ? '' : ` (${trouble.code})`}. ${instead}`,
      };
  }
}

export function degradationByMissed(missed: number): Degradation {
  return {
    state: 'unreliable',
    reason: `${missed} ${missed === 1 ? 'file was' : 'files were'} found by a walk that no event had told. ${instead}`,
  };
}

export const networkDegradation: Degradation = {
  state: 'polling',
  reason: `The folder is on a network drive, which does not tell of changes. ${instead}`,
};
