/** One observer for all: a list has a name per row, and rows come and go while it is scrolled. */
const watched = new WeakMap<Element, (width: number) => void>();
let observer: ResizeObserver | null = null;

/**
 * Tells the width of an element in CSS pixels: soon, and whenever it changed; after layout, so that reading sizes then
 * costs none. The answer ends it.
 */
export function watchWidth(element: Element, tell: (width: number) => void): () => void {
  observer ??= new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) watched.get(target)?.(contentRect.width);
  });
  watched.set(element, tell);
  observer.observe(element);
  return () => {
    watched.delete(element);
    observer?.unobserve(element);
  };
}
