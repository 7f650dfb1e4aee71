import type { DestinationView } from '#shared/ipc.ts';

/**
 * Those that the sidebar lists. Who has services of their own needs the demo ones no more, but for one that is held or
 * whose files need somebody or failed: the status bar and the uploads tell of it. `troubled`: the ids of the latter.
 */
export function listed(
  views: readonly DestinationView[],
  troubled: ReadonlySet<string>,
): readonly DestinationView[] {
  if (!hasOwn(views)) return views;
  return views.filter(
    ({ destination, hold }) => !destination.isDemo || hold !== null || troubled.has(destination.id),
  );
}

/** The demo destinations whose files decide whether they are listed. */
export const inDoubt = (views: readonly DestinationView[]): readonly string[] =>
  hasOwn(views)
    ? views
        .filter(({ destination, hold }) => destination.isDemo && hold === null)
        .map(({ destination }) => destination.id)
    : [];

const hasOwn = (views: readonly DestinationView[]): boolean =>
  views.some(({ destination }) => !destination.isDemo);
