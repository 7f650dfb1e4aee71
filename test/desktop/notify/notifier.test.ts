import { EventEmitter } from 'node:events';
import type { NotificationConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { createNotifier, type NotifierParts } from '../../../electron/desktop/notify/notifier.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { blocked, blockedDestination, completed, failed, statusOf } from '../support.ts';

function notifier({ isSupported = true } = {}) {
  const shown: FakeNotification[] = [];
  class FakeNotification extends EventEmitter {
    static isSupported = () => isSupported;
    readonly said: NotificationConstructorOptions;
    isClosed = false;
    constructor(said: NotificationConstructorOptions) {
      super();
      this.said = said;
    }
    show(): void {
      shown.push(this);
    }
    close(): void {
      this.isClosed = true;
    }
  }
  const clock = createManualClock();
  const places: string[] = [];
  const copied: (readonly number[])[] = [];
  const front = { is: false };
  const tell = createNotifier({
    Notification: FakeNotification as unknown as NotifierParts['Notification'],
    clock,
    isInFront: () => front.is,
    lead: (place) => places.push(place),
    copy: (ids) => copied.push(ids),
  });
  tell.status(statusOf({}));
  const at = () => clock.now() + 1;
  const said = () => shown.map(({ said: { title, body } }) => [title, body]);
  return { clock, tell, shown, said, places, copied, front, at };
}

test('a hundred finished files are one notification, and a click leads to them', async () => {
  const { clock, tell, said, shown, places, at } = notifier();
  tell.status(statusOf({ uploading: 1 }));
  for (let id = 1; id <= 100; id += 1) {
    tell.rows([completed(id, at(), { destinationName: 'Far Side' })]);
    await clock.advance(100);
  }
  expect(said()).toEqual([]);
  tell.status(statusOf({ completed: 100 }));
  await clock.advance(2000);
  expect(said()).toEqual([['100 files uploaded', 'To \u2068Far Side\u2069']]);
  shown[0]?.emit('click');
  expect(places).toEqual(['#/uploads/done']);
  await clock.advance(3_600_000);
  expect([said().length, clock.pendingTimers()]).toEqual([1, 0]);
});

test('a few are named, by their base name only, cut and without direction marks', async () => {
  const { clock, tell, said, at } = notifier();
  tell.rows([
    completed(1, at(), { name: '/secret/place/a\u202Epng.exe' }),
    completed(2, at(), { name: `${'n'.repeat(200)}.png`, destinationName: 'Else' }),
  ]);
  await clock.advance(5000);
  const [[title, body] = []] = said();
  expect(title).toBe('2 files uploaded');
  const lines = (body ?? '').split('\n');
  expect(lines[0]).toBe('a\uFFFDpng.exe');
  expect(lines[1]).toHaveLength(80);
  expect(lines).toHaveLength(2);
});

test('one is named in the title, with its reason where it has one; no address is told', async () => {
  const { clock, tell, said, shown, places, at } = notifier();
  tell.rows([completed(1, at()), blocked(2, 'empty-file'), failed(3)]);
  await clock.advance(20_000);
  expect(said()).toEqual([
    ['\u20681.png\u2069 is uploaded', 'To \u2068Products\u2069'],
    [
      '\u20682.png\u2069 needs you',
      'The file is empty, and this service takes no empty files. Send it to another destination, or cancel it.',
    ],
    ['\u20683.png\u2069 failed', expect.stringMatching(/^No answer from the service in time\./)],
  ]);
  for (const each of shown) each.emit('click');
  expect(places).toEqual(['#/uploads/done', '#/uploads/needsYou', '#/uploads/failed']);
  expect(JSON.stringify(said())).not.toContain('http');
});

test('finished files offer their links; the rest has no button', async () => {
  const { clock, tell, shown, copied, at } = notifier();
  tell.rows([completed(3, at()), completed(1, at()), failed(2)]);
  await clock.advance(20_000);
  expect(shown.map(({ said }) => said.actions)).toEqual([
    [{ type: 'button', text: 'Copy links' }],
    undefined,
  ]);
  shown[0]?.emit('action', {}, 0, -1);
  expect(copied).toEqual([[3, 1]]);
});

test('a destination that stops is one notification, and leads to it', async () => {
  const { clock, tell, said, shown, places } = notifier();
  tell.rows(Array.from({ length: 300 }, (_, id) => blocked(id + 1, 'key-refused')));
  tell.status(statusOf({ blocked: 300 }, { destinations: [blockedDestination('key-refused')] }));
  await clock.advance(10_000);
  expect(said()).toEqual([
    ['\u2068demo-flora\u2069 needs you', 'The key was refused. Update the key of this destination.'],
  ]);
  shown[0]?.emit('click');
  expect(places).toEqual(['#/destinations/demo-flora']);
});

test('nothing is told while a window is in front, nor later what was seen there', async () => {
  const { clock, tell, said, front, at } = notifier();
  front.is = true;
  tell.rows([completed(1, at()), failed(2)]);
  await clock.advance(10_000);
  front.is = false;
  tell.status(statusOf({ completed: 1, failed: 1 }));
  await clock.advance(10_000);
  expect(said()).toEqual([]);
});

test('the settings decide what is told', async () => {
  const { clock, tell, said, at } = notifier();
  tell.status(statusOf({}, { settings: { notifications: { completed: false, problems: true } } }));
  tell.rows([completed(1, at()), failed(2)]);
  await clock.advance(10_000);
  expect(said().map(([title]) => title)).toEqual(['\u20682.png\u2069 failed']);
  tell.status(statusOf({}, { settings: { notifications: { completed: true, problems: false } } }));
  tell.rows([completed(3, at()), blocked(4)]);
  await clock.advance(10_000);
  expect(
    said()
      .map(([title]) => title)
      .slice(1),
  ).toEqual(['\u20683.png\u2069 is uploaded']);
});

test('a later one takes the place of the earlier one of its kind', async () => {
  const { clock, tell, shown, at } = notifier();
  tell.rows([completed(1, at())]);
  await clock.advance(5000);
  tell.rows([completed(2, at())]);
  await clock.advance(5000);
  expect(shown.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  tell.close();
  expect(shown.map(({ isClosed }) => isClosed)).toEqual([true, true]);
});

test('a system without notifications is left alone', async () => {
  const { clock, tell, said, at } = notifier({ isSupported: false });
  tell.rows([completed(1, at())]);
  await clock.advance(10_000);
  expect(said()).toEqual([]);
});
