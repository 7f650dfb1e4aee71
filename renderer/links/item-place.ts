import { type ItemButton, itemButtons } from './item-actions.tsx';

/** Where in the grid something happened. */
export interface ItemPlace {
  readonly index: number;
  /** The button that was pressed; null: the item itself. */
  readonly button: ItemButton | null;
  readonly element: HTMLElement;
}

export function itemPlace(target: EventTarget | null): ItemPlace | null {
  const item = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
  if (item === null || !(target instanceof Element)) return null;
  const pressed = target.closest<HTMLElement>('[data-action]');
  const button = itemButtons.find((name) => name === pressed?.dataset.action) ?? null;
  return { index: Number(item.dataset.index), button, element: button === null ? item : (pressed ?? item) };
}

export const itemElement = (grid: HTMLElement | null, index: number): HTMLElement | null =>
  grid?.querySelector<HTMLElement>(`[data-index="${index}"]`) ?? null;
