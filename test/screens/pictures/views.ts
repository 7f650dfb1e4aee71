/** The windows that every screen is seen in. */
import type { Page } from 'playwright-core';
import type { App } from '../support/app.ts';

export interface View {
  readonly name: string;
  readonly theme: 'light' | 'dark';
  /** Of the window, in CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Device pixels per CSS pixel: a window at 200 % zoom has half the room. */
  readonly zoom?: number;
  readonly isRightToLeft?: boolean;
}

const themes = ['light', 'dark'] as const;
const inBothThemes = (view: Omit<View, 'theme'>): readonly View[] =>
  themes.map((theme) => ({ ...view, theme }));

export const views: readonly View[] = [
  ...inBothThemes({ name: 'large', width: 1400, height: 900 }),
  ...inBothThemes({ name: 'medium', width: 1000, height: 680 }),
  ...inBothThemes({ name: 'small', width: 900, height: 600 }),
  { name: '4k', theme: 'light', width: 3840, height: 2160 },
  { name: 'zoom', theme: 'light', width: 640, height: 400, zoom: 2 },
  { name: 'rtl', theme: 'light', width: 1000, height: 680, isRightToLeft: true },
];

/** A window on the same engine as a person with such a screen has it, signed in as the first one is. */
export async function openView({ context, page: first }: App, view: View): Promise<Page> {
  const { width, height, theme, zoom = 1, isRightToLeft = false } = view;
  const browser = context.browser();
  if (browser === null) throw new Error('The browser is gone.');
  // The zoom belongs to the context: what a page is told later is forgotten as soon as its picture is taken.
  const own = await browser.newContext({
    storageState: await context.storageState(),
    viewport: { width, height },
    deviceScaleFactor: zoom,
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  own.setDefaultTimeout(15_000);
  await own.grantPermissions(['clipboard-read', 'clipboard-write']);
  if (isRightToLeft) {
    await own.addInitScript(() => {
      document.addEventListener('DOMContentLoaded', () => {
        document.documentElement.dir = 'rtl';
      });
    });
  }
  const page = await own.newPage();
  await page.goto(new URL('/', first.url()).href);
  return page;
}
