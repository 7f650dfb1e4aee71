import type { DragEvent, MouseEvent } from 'react';
import type { UploadJob } from '#shared/job.ts';
import { showDetails, useNavigation } from '../shell/navigation.ts';
import { runsOnMac } from '../ui/key-names.ts';
import { draggedLinks } from './drag-link.ts';
import { isSelected } from './link-selection.ts';
import { type Links, useLinks } from './links-context.tsx';

/** What a row of the list and a card have in common: focus, selection, menu and drag. */
export interface ItemProps {
  readonly index: number;
  readonly job: UploadJob;
}

/** Nothing but its buttons reacts to a press on them. */
const isOnControl = (event: MouseEvent): boolean =>
  event.target instanceof Element && event.target.closest('button,a,input,[role="menu"]') !== null;

export const isModPressed = (event: { readonly metaKey: boolean; readonly ctrlKey: boolean }): boolean =>
  runsOnMac() ? event.metaKey : event.ctrlKey;

export function useItem({ index, job }: ItemProps) {
  const links = useLinks();
  const { selection, doings } = links;
  const isChosen = isSelected(selection.selection, job.id);
  const isActive = selection.activeIndex === index;
  return {
    isChosen,
    isActive,
    /** Its buttons are one step of Tab away from it, and those of the others are not in the way. */
    tabIndex: isActive ? 0 : -1,
    toggle: () => selection.choose(index, { isRange: false, isToggle: true }),
    element: {
      'data-index': index,
      'aria-selected': isChosen,
      draggable: true,
      onClick: (event: MouseEvent) => {
        if (isOnControl(event)) return;
        selection.choose(index, { isRange: event.shiftKey, isToggle: isModPressed(event) });
        if (!event.shiftKey && !isModPressed(event)) followDetails(job);
      },
      onDoubleClick: (event: MouseEvent) => {
        if (!isOnControl(event) && !event.shiftKey && !isModPressed(event)) doings.details(job);
      },
      onFocus: () => {
        if (!isActive) selection.activate(index);
      },
      onDragStart: (event: DragEvent) => startDrag(event, job, links),
    },
  };
}

/** Open details go where the selection goes. */
export function followDetails(job: UploadJob | undefined): void {
  if (job !== undefined && useNavigation.getState().detailsId !== null) showDetails(job.id);
}

/** A selected link takes the others with it, where all of them are here. */
function startDrag(event: DragEvent, job: UploadJob, { selection, rows }: Links): void {
  const { selection: chosen } = selection;
  const ids = chosen.kind === 'some' && chosen.ids.has(job.id) ? [...chosen.ids] : [job.id];
  const jobs = ids.flatMap((id) => rows.at(rows.indexOf(id)) ?? []);
  const carried = draggedLinks(jobs.length === ids.length ? jobs : [job], Date.now());
  if (carried === null) {
    event.preventDefault();
    return;
  }
  for (const [type, text] of Object.entries(carried)) event.dataTransfer.setData(type, text);
  event.dataTransfer.effectAllowed = 'copyLink';
}
