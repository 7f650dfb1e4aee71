import type { Page } from 'playwright-core';

export interface Scrolled {
  /** While the list is dragged from end to end. */
  readonly fps: number;
  /** The longest that any one row in sight said nothing, dragged past, come to rest, or read by. */
  readonly longestBlankMs: number;
}

const pace = {
  /** From end to end, as a scrollbar is dragged. */
  dragMs: 4000,
  /** Then it rests, and what is in sight must come. */
  restMs: 1500,
  /** Then it goes back as fast as eyes can follow: a row is in sight for a fifth of a second. */
  readMs: 3000,
  readPixelsPerSecond: 4000,
};

/** Scrolls the list, and looks at every row in sight in every frame. */
export async function measureScroll(page: Page): Promise<Scrolled> {
  return page.evaluate(
    ({ dragMs, restMs, readMs, readPixelsPerSecond }) =>
      new Promise<Scrolled>((resolve, reject) => {
        const grid = document.querySelector('[role="grid"]');
        const all = grid === null ? [] : [grid, ...grid.querySelectorAll('*')];
        const list = all.find(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight + 1000);
        if (list === undefined) return reject(new Error('There is no list that scrolls.'));
        const { top, bottom } = list.getBoundingClientRect();
        /** Rows in sight that say nothing, by their place in the list: since when. */
        let blankSince = new Map<string, number>();
        let longestBlankMs = 0;
        const lookForBlanks = (now: number) => {
          const still = new Map<string, number>();
          for (const row of list.querySelectorAll('[role="row"]')) {
            // What stands where a row will be has words, too: those of a screen reader.
            if (row.ariaBusy !== 'true' && (row.textContent ?? '').trim() !== '') continue;
            const at = row.getBoundingClientRect();
            if (at.bottom <= top || at.top >= bottom) continue;
            const place = row.getAttribute('aria-rowindex') ?? '';
            const since = blankSince.get(place) ?? now;
            still.set(place, since);
            longestBlankMs = Math.max(longestBlankMs, now - since);
          }
          blankSince = still;
        };
        const begun = performance.now();
        let frames = 0;
        let fps = 0;
        let lastAt = begun;
        const count = (now: number) => {
          lookForBlanks(now);
          const ms = now - begun;
          if (ms < dragMs) {
            frames += 1;
            list.scrollTop = (ms / dragMs) * (list.scrollHeight - list.clientHeight);
          } else if (fps === 0) {
            fps = (frames * 1000) / ms;
            list.scrollTop = list.scrollHeight;
          } else if (ms > dragMs + restMs) {
            list.scrollTop -= ((now - lastAt) * readPixelsPerSecond) / 1000;
          }
          lastAt = now;
          if (ms < dragMs + restMs + readMs) requestAnimationFrame(count);
          else resolve({ fps, longestBlankMs });
        };
        requestAnimationFrame(count);
      }),
    pace,
  );
}
