import { create } from 'zustand';
import type { Dragged } from './dragged.ts';
import type { Dropped } from './dropped-files.ts';

/** Files that are to be asked about before they go. */
export interface Asked extends Dropped {
  readonly destinationId: string;
}

type DropState =
  | { readonly name: 'idle' }
  | {
      readonly name: 'dragging';
      readonly dragged: Dragged;
      /** The zone under the pointer; null: none, so the target. */
      readonly overId: string | null;
      /** Alt is held: the place is chosen after the drop. */
      readonly isChoosing: boolean;
    }
  | { readonly name: 'asking'; readonly asked: Asked };

const idle: DropState = { name: 'idle' };

export const useDrop = create<{ readonly drop: DropState }>(() => ({ drop: idle }));

/** What comes while somebody is being asked comes beside it: a system hands over file by file what was opened together. */
export const askAbout = (asked: Asked): void =>
  useDrop.setState(({ drop }) => ({
    drop: { name: 'asking', asked: drop.name === 'asking' ? together(drop.asked, asked) : asked },
  }));

const together = (before: Asked, more: Asked): Asked => ({
  destinationId: before.destinationId,
  files: joined(before.files, more.files),
  folders: joined(before.folders, more.folders),
  givenFolders: joined(before.givenFolders, more.givenFolders),
});

/** The same list where nothing came: what was found out about it holds. */
const joined = <T>(before: readonly T[], more: readonly T[]): readonly T[] =>
  more.length === 0 ? before : [...before, ...more];

export const endAsking = (): void =>
  useDrop.setState(({ drop }) => (drop.name === 'asking' ? { drop: idle } : { drop }));
export const endDragging = (): void =>
  useDrop.setState(({ drop }) => (drop.name === 'dragging' ? { drop: idle } : { drop }));

/** Told many times a second: nothing is new unless something is. */
export function drag(dragged: Dragged, overId: string | null, isChoosing: boolean): void {
  const { drop } = useDrop.getState();
  const isSame =
    drop.name === 'dragging' &&
    drop.overId === overId &&
    drop.isChoosing === isChoosing &&
    drop.dragged.count === dragged.count;
  if (!isSame) useDrop.setState({ drop: { name: 'dragging', dragged, overId, isChoosing } });
}
