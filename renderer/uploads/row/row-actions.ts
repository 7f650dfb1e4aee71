import { consequenceOf, type FailureCode } from '#shared/failure.ts';
import { canCancel, canPause, canRetry, isTerminal, type UploadJob } from '#shared/job.ts';

export const rowActions = [
  'pause',
  'resume',
  'retry',
  'retry-with',
  'copy',
  'copy-as',
  'open',
  'show-in-folder',
  'move-to-top',
  'send-to',
  'open-destination',
  'details',
  'explain',
  'copy-report',
  'cancel',
  'remove',
] as const;
export type RowAction = (typeof rowActions)[number];

/** Files that another service may take. */
const otherPlaceMayHelp: readonly FailureCode[] = ['too-large', 'empty-file', 'type-refused', 'name-refused'];

/** Whether it is the place that is wrong, and not the moment. */
export function needsOtherPlace(job: Pick<UploadJob, 'state'>): boolean {
  const code = failureCode(job);
  return code !== null && otherPlaceMayHelp.includes(code);
}

/** All that can be done with a job now, in the order of the menu. */
export function actionsOf(job: UploadJob, { canShowInFolder }: { readonly canShowInFolder: boolean }) {
  const { name } = job.state;
  const code = failureCode(job);
  const holds: Readonly<Record<RowAction, boolean>> = {
    pause: canPause(name),
    resume: name === 'paused',
    retry: canRetry(name),
    'retry-with': canRetry(name),
    copy: name === 'completed',
    'copy-as': name === 'completed',
    open: opensInBrowser(job),
    'show-in-folder': canShowInFolder,
    'move-to-top': name === 'queued' || name === 'waiting' || name === 'paused',
    'send-to': needsOtherPlace(job),
    'open-destination': code !== null && consequenceOf(code) === 'block-destination',
    details: true,
    explain: true,
    'copy-report': name === 'failed' || name === 'blocked' || name === 'waiting',
    cancel: canCancel(name),
    remove: isTerminal(name),
  };
  return rowActions.filter((action) => holds[action]);
}

/**
 * Where a row has its likely actions, so that one that is met in many rows stands in one column: at the start what is done
 * once with a file, at the end what stops it or lets it go on.
 */
const secondPlace: readonly RowAction[] = ['pause', 'resume', 'retry', 'open', 'send-to'];

/** The likely actions by their places; null: that place is empty. */
export function actionPlaces(
  job: UploadJob,
  hasTaker: boolean,
): readonly [first: RowAction | null, second: RowAction | null] {
  const likely = likelyActions(job, hasTaker);
  return [
    likely.find((action) => !secondPlace.includes(action)) ?? null,
    likely.find((action) => secondPlace.includes(action)) ?? null,
  ];
}

/** At most two of them, which a person most likely wants. `hasTaker`: another destination would take the file. */
export function likelyActions(job: UploadJob, hasTaker: boolean): readonly RowAction[] {
  if (hasTaker && needsOtherPlace(job)) return ['send-to'];
  switch (job.state.name) {
    case 'queued':
    case 'waiting':
      return ['move-to-top', 'pause'];
    case 'reserving':
    case 'uploading':
    case 'processing':
      return ['pause'];
    case 'inspecting':
    case 'completing':
      return [];
    case 'paused':
      return ['resume'];
    case 'blocked':
      return consequenceOf(job.state.failure.code) === 'block-destination'
        ? ['retry', 'open-destination']
        : ['retry'];
    case 'failed':
    case 'canceled':
      return ['retry'];
    case 'completed':
      return opensInBrowser(job) ? ['copy', 'open'] : ['copy'];
  }
}

/** The one that a reason names, for rows that have room for no other; null: it goes on by itself, or nothing is wrong. */
export const cureOf = (job: UploadJob, hasTaker: boolean): RowAction | null =>
  failureCode(job) === null ? null : (likelyActions(job, hasTaker)[0] ?? null);

function failureCode({ state }: Pick<UploadJob, 'state'>): FailureCode | null {
  return state.name === 'blocked' || state.name === 'failed' ? state.failure.code : null;
}

/** An address, or something that the service makes an address of. */
export function opensInBrowser({ state }: UploadJob): boolean {
  if (state.name !== 'completed') return false;
  const { linkKind, hasFreshUrl } = state.asset;
  return linkKind === 'url' || linkKind === 'run' || hasFreshUrl;
}
