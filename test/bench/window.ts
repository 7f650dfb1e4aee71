/**
 * What a window costs over a large queue. It is measured with the browser of the screens' tests, and lies beside them, in
 * the part of the tests whose types know a page. That its look for blank rows can fail is shown in each run: the same scroll
 * on a page whose answers come half a second late must be found blank for longer than is allowed, or nothing more is measured.
 */
await import(new URL('../screens/large-queue.ts', import.meta.url).href);
