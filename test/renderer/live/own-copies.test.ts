import { expect, test } from 'vitest';
import type { WindowHost } from '#shared/window-host.ts';
import { watchOwnCopies } from '../../../renderer/live/own-copies.ts';

function copies(copyText: (text: string) => Promise<void> = async () => {}) {
  let now = 5_000;
  const ownCopies = watchOwnCopies({ copyText } as WindowHost, () => now);
  const pass = (ms: number) => {
    now += ms;
  };
  return { ...ownCopies, pass };
}

test('what a person copied is fresh for a minute', async () => {
  const { host, areFresh, pass } = copies();
  expect(areFresh()).toBe(false);
  await host.copyText('a link');
  expect(areFresh()).toBe(true);
  pass(59_999);
  expect(areFresh()).toBe(true);
  pass(1);
  expect(areFresh()).toBe(false);
});

test('it is fresh while it is on its way, however long that takes', async () => {
  let arrive = () => {};
  const { host, areFresh, pass } = copies(() => new Promise((resolve) => (arrive = resolve)));
  const copying = host.copyText('a link');
  expect(areFresh()).toBe(true);
  pass(60_000);
  arrive();
  await copying;
  expect(areFresh()).toBe(true);
});

test('text that was selected and copied counts, too', () => {
  const { note, areFresh } = copies();
  note();
  expect(areFresh()).toBe(true);
});
