import type { UploadJob } from '#shared/job.ts';
import { lookOf } from './link-look.ts';
import { assetOf } from './link-subject.ts';

export type LinkAction = 'copy' | 'copyAs' | 'open' | 'details' | 'showInFolder' | 'sendAgain' | 'remove';

export interface LinkCircumstances {
  readonly now: number;
  /** How many links the menu is about; `job` is the one it was opened on. */
  readonly count: number;
  readonly canShowInFolder: boolean;
  /** A destination that was removed takes nothing any more. */
  readonly isDestinationThere: boolean;
}

/** What can be done with a link, or with several, in the order of a menu. */
export function actionsOf(job: UploadJob, circumstances: LinkCircumstances): readonly LinkAction[] {
  const { now, count, canShowInFolder, isDestinationThere } = circumstances;
  // What of many cannot be copied is said when it is copied.
  if (count > 1) return ['copy', 'copyAs', 'remove'];
  const asset = assetOf(job);
  if (asset === null) return ['details', 'remove'];
  const look = lookOf(asset, now);
  const actions: readonly (readonly [LinkAction, boolean])[] = [
    ['copy', !look.hasRunOut],
    ['copyAs', !look.hasRunOut],
    ['open', look.opens !== null],
    ['details', true],
    ['showInFolder', canShowInFolder],
    ['sendAgain', isDestinationThere],
    ['remove', true],
  ];
  return actions.filter(([, isThere]) => isThere).map(([action]) => action);
}
