import { type MouseEvent, useRef } from 'react';
import { showDetails } from '../../shell/navigation.ts';
import { useListState } from '../list-state.ts';

/**
 * Two presses on a row show its details: those of the row that the first one met. The second may meet anything, because the
 * first brings the bar of the selection, and with it moves the rows; so nobody else hears of it.
 */
export function useDoublePress() {
  const isOfRow = useRef(false);
  return {
    onMouseDownCapture(event: MouseEvent): void {
      if (event.detail < 2) isOfRow.current = isOnRow(event);
      else if (isOfRow.current) {
        // It also does not take the focus away from the row.
        event.preventDefault();
        event.stopPropagation();
      }
    },
    onClickCapture(event: MouseEvent): void {
      if (event.detail < 2 || !isOfRow.current) return;
      event.stopPropagation();
      const id = useListState.getState().active?.id;
      if (event.detail === 2 && id != null) showDetails(id);
    },
  };
}

/** Not on one of its buttons, and not to select more than one. */
function isOnRow({ target, button, ctrlKey, metaKey, shiftKey }: MouseEvent): boolean {
  if (!(target instanceof Element) || button !== 0 || ctrlKey || metaKey || shiftKey) return false;
  return target.closest('[data-row]') !== null && target.closest('[data-action]') === null;
}
