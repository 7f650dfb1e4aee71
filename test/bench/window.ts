/**
 * What a window costs over a large queue. It is measured with the browser of the screens' tests, and lies beside them, in
 * the part of the tests whose types know a page.
 */
await import(new URL('../screens/large-queue.ts', import.meta.url).href);
