/**
 * A shelf is what the sorted indexes begin with. It is coarser than the state, so that a job that runs does not move
 * through every index with each step, and finer than a tab, so that every tab and every state is a few whole ranges:
 * only the four running states share one, and those are never more than there are lanes.
 */
import { type StateName, stateNames, statesOfTab, type Tab } from '#shared/job.ts';

/** Stored: never renumber. */
export const shelfOfState: Readonly<Record<StateName, number>> = {
  queued: 0,
  reserving: 1,
  inspecting: 1,
  uploading: 1,
  completing: 1,
  processing: 2,
  waiting: 3,
  paused: 4,
  blocked: 5,
  completed: 6,
  failed: 7,
  canceled: 8,
};

export const allShelves: readonly number[] = [...new Set(Object.values(shelfOfState))];

/** The states a filter lets through; all of them where it names none. */
export function wantedStates(filter: {
  readonly tab?: Tab | undefined;
  readonly states?: readonly StateName[] | undefined;
}): ReadonlySet<StateName> {
  const ofTab = filter.tab === undefined ? stateNames : statesOfTab(filter.tab);
  return new Set(ofTab.filter((state) => filter.states?.includes(state) ?? true));
}

/** The shelves to look through for these states, and the states to check on top where a shelf holds others too. */
export function shelvesOf(states: ReadonlySet<StateName>): {
  readonly shelves: readonly number[];
  readonly mustCheckState: boolean;
} {
  const shelves = [...new Set([...states].map((state) => shelfOfState[state]))];
  const held = stateNames.filter((state) => shelves.includes(shelfOfState[state]));
  return { shelves, mustCheckState: held.some((state) => !states.has(state)) };
}
