/**
 * What the desktop app does beside its windows. Proves: our main process tells of files by notifications, sleeps and wakes
 * with the machine, and leaves words behind when it breaks. Cannot prove: that a system shows, sleeps or stops like that.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Desktop } from './harness/desktop.ts';
import { linksOf, openUploads } from './support/desktop-uploads.ts';
import { test } from './support/with-desktop.ts';

const logOf = (desktop: Desktop): readonly Record<string, unknown>[] =>
  readFileSync(join(desktop.dataDir, 'logs', 'hoist.log'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

/** Pages are in front here, whatever the desktop says: one would copy links, too, and nobody knew whose they are. */
async function copyNothingByItself(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click();
  const rule = page.getByRole('combobox', { name: 'Copy links after upload' });
  await rule.click();
  await page.getByRole('option', { name: 'Never' }).click();
  await rule.filter({ hasText: 'Never' }).waitFor();
}

test('who is in another program is told of finished files, and has their links with one press', async ({
  open,
}) => {
  const desktop = await open();
  const { page } = await openUploads(desktop);
  await copyNothingByItself(page);
  await desktop.act({ kind: 'blur-windows' });
  const names = ['one.txt', 'two.txt', 'three.txt', 'four.txt'];
  const paths = await Promise.all(names.map((name) => desktop.write(name, randomBytes(500))));
  await desktop.hoist('upload', ...paths, '--to', 'demo-flora');
  const { id, title, actions } = await desktop.whenSeen(
    'a notification',
    ({ notifications }) => notifications[0],
  );
  expect([title, actions]).toEqual(['4 files uploaded', ['Copy links']]);
  await desktop.act({ kind: 'click-notification-action', id, index: 0 });
  const copied = await desktop.whenSeen('the links', ({ clipboard }) => clipboard);
  expect(copied.split('\n').sort()).toEqual(Object.values(await linksOf(desktop)).sort());
  expect((await desktop.look()).notifications).toHaveLength(1);
});

test('while the machine sleeps nothing is sent; when it wakes all goes on, at no cost', async ({ open }) => {
  const desktop = await open();
  await openUploads(desktop);
  await desktop.act({ kind: 'power', event: 'suspend' });
  const sent = desktop.hoist('upload', await desktop.write('a.txt', randomBytes(500)), '--to', 'demo-flora');
  const states = async () => (await desktop.hoist('status', '--json')).stdout;
  await expect.poll(states).toContain('"state":"queued"');
  await desktop.act({ kind: 'power', event: 'resume' });
  expect((await sent).stdout).toContain('http');
  // The command may hear of the end before the log does.
  const told = () => logOf(desktop).filter(({ event }) => event !== 'engine.notice');
  await expect
    .poll(() => told().slice(-3))
    .toMatchObject([
      { event: 'machine.suspend' },
      { event: 'machine.resume' },
      { event: 'job', state: 'completed', attempts: 0 },
    ]);
});

test('a bug in the main process is told and written down without its secrets, and the next start goes on', async ({
  open,
}) => {
  const desktop = await open();
  await openUploads(desktop);
  await desktop.act({
    kind: 'throw',
    message: 'broken at https://store.example/k?X-Amz-Signature=0123456789abcdef',
  });
  expect(await desktop.process().ended).toEqual({ code: 1, signal: null });
  expect(logOf(desktop).at(-1)).toMatchObject({
    level: 'error',
    event: 'main.crashed',
    error: 'Error: broken at https://store.example/k?…',
  });
  await desktop.start();
  await desktop.whenSeen('the window', ({ windows }) => windows.length === 1);
});
