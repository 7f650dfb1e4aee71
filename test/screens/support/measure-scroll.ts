import type { Page } from 'playwright-core';

export interface Scrolled {
  readonly fps: number;
  /** The longest that the middle of the list showed no row of a job. */
  readonly longestBlankMs: number;
}

const scrollMs = 4000;

/** Scrolls the list from end to end by dragging it evenly, as a scrollbar does, and looks at every frame. */
export async function measureScroll(page: Page): Promise<Scrolled> {
  return page.evaluate(
    (ms) =>
      new Promise<Scrolled>((resolve, reject) => {
        const grid = document.querySelector('[role="grid"]');
        const all = grid === null ? [] : [grid, ...grid.querySelectorAll('*')];
        const list = all.find(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight + 1000);
        if (list === undefined) return reject(new Error('There is no list that scrolls.'));
        const { left, top, width, height } = list.getBoundingClientRect();
        const isBlank = () => {
          const row = document.elementFromPoint(left + width / 3, top + height / 2)?.closest('[role="row"]');
          // What stands where a row will be has words, too: those of a screen reader.
          return row == null || row.ariaBusy === 'true' || (row.textContent ?? '').trim() === '';
        };
        const begun = performance.now();
        let frames = 0;
        let shownAt = begun;
        let longestBlankMs = 0;
        const count = (now: number) => {
          frames += 1;
          if (!isBlank()) shownAt = now;
          longestBlankMs = Math.max(longestBlankMs, now - shownAt);
          list.scrollTop = ((now - begun) / ms) * (list.scrollHeight - list.clientHeight);
          if (now - begun < ms) requestAnimationFrame(count);
          else resolve({ fps: (frames * 1000) / (now - begun), longestBlankMs });
        };
        requestAnimationFrame(count);
      }),
    scrollMs,
  );
}
