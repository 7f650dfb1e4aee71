/** The windows that every screen is seen in. */
import type { Page } from 'playwright-core';

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

export async function lookThrough(page: Page, view: View): Promise<void> {
  const { width, height, theme, zoom = 1, isRightToLeft = false } = view;
  await page.emulateMedia({ colorScheme: theme });
  await page.setViewportSize({ width, height });
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Emulation.setDeviceMetricsOverride', {
    width,
    height,
    deviceScaleFactor: zoom,
    mobile: false,
  });
  await page.evaluate(
    (direction) => sessionStorage.setItem('direction', direction),
    isRightToLeft ? 'rtl' : 'ltr',
  );
}

/** The direction of a view holds from the next load on. */
export async function keepDirection(page: Page): Promise<void> {
  await page.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => {
      document.documentElement.dir = sessionStorage.getItem('direction') ?? 'ltr';
    });
  });
}
