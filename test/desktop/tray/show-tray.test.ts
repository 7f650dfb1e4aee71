import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { showTray, type TrayParts } from '../../../electron/desktop/tray/show-tray.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { type FakeImage, fakeImages, statusOf } from '../support.ts';

class FakeTray extends EventEmitter {
  static last: FakeTray;
  image: FakeImage;
  menus: MenuItemConstructorOptions[][] = [];
  toolTips: string[] = [];
  isGone = false;
  constructor(image: FakeImage) {
    super();
    this.image = image;
    FakeTray.last = this;
  }
  setImage(image: FakeImage): void {
    this.image = image;
  }
  setToolTip = (text: string) => void this.toolTips.push(text);
  setContextMenu = (menu: MenuItemConstructorOptions[]) => void this.menus.push(menu);
  destroy(): void {
    this.isGone = true;
  }
  click(label: string): void {
    const item = this.menus.at(-1)?.find((each) => each.label === label);
    if (item?.click === undefined) throw new Error(`There is no ${label}.`);
    (item.click as () => void)();
  }
}

function tray(platform: NodeJS.Platform) {
  const clock = createManualClock();
  const runs: unknown[] = [];
  const given: (readonly string[])[] = [];
  const icon = showTray({
    Tray: FakeTray as unknown as TrayParts['Tray'],
    Menu: { buildFromTemplate: (template) => template as never },
    nativeImage: fakeImages,
    platform,
    iconDirectory: '/icons',
    clock,
    run: (action) => runs.push(action),
    give: (paths) => given.push(paths),
  });
  return { clock, runs, given, icon, shown: FakeTray.last };
}

test('shows the mood by its picture, and runs what is chosen', () => {
  const { icon, shown, runs } = tray('linux');
  expect(shown.image.path).toBe(join('/icons', 'tray-idle.png'));
  icon.show(statusOf({ blocked: 1 }), [{ id: 4, name: 'a.png' }]);
  expect(shown.image.path).toBe(join('/icons', 'tray-attention.png'));
  shown.click('a.png');
  shown.click('Needs you (1)…');
  shown.emit('click');
  expect(runs).toEqual([{ kind: 'copy', id: 4 }, { kind: 'needs-you' }, { kind: 'open' }]);
});

test('on macOS a click is the menu’s, the picture is a template, and files may be dropped', () => {
  const { shown, runs, given } = tray('darwin');
  expect([shown.image.path, shown.image.isTemplate]).toEqual([join('/icons', 'tray-idleTemplate.png'), true]);
  shown.emit('click');
  shown.emit('drop-files', {}, ['/a.png', '/b.png']);
  expect([runs, given]).toEqual([[], [['/a.png', '/b.png']]]);
});

test('changes at most once a second, always ends with the newest, and leaves the menu be while bytes move', async () => {
  const { icon, shown, clock } = tray('linux');
  const at = (bytesPerSecond: number) => statusOf({ uploading: 1 }, { throughput: { bytesPerSecond } });
  const menus = () => shown.menus.length;
  icon.show(at(1000), []);
  const before = [menus(), shown.toolTips.length];
  for (let speed = 2000; speed <= 50_000; speed += 1000) {
    icon.show(at(speed), []);
    await clock.advance(100);
  }
  await clock.advance(1000);
  expect(menus()).toBe(before[0]);
  expect(shown.toolTips.length - (before[1] ?? 0)).toBeLessThanOrEqual(6);
  expect(shown.toolTips.at(-1)).toBe('Sending 1 file · 50 kB/s');
  icon.close();
  await clock.advance(5000);
  expect([shown.isGone, clock.pendingTimers()]).toEqual([true, 0]);
});
