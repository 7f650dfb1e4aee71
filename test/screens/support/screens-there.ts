import type { Page } from 'playwright-core';

/** Until a page shows its screens: while it connects there is a heading, too, and no key is heard. */
export const screensThere = (page: Page): Promise<void> =>
  page.locator('#root:not(:has(main[aria-busy="true"])) h1').first().waitFor();
