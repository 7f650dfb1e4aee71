import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WebContents } from 'electron';
import { expect, onTestFinished, test } from 'vitest';
import { localApi } from '#ipc';
import { systemClock } from '#ports/clock.ts';
import { failure } from '#shared/failure.ts';
import type { GivenFromOutside } from '#shared/window-host.ts';
import { give } from '../../../electron/desktop/window/give.ts';
import { createGivenFiles } from '../../../electron/desktop/window/given-files.ts';
import { fakeWindows } from '../../support/electron-windows.ts';
import { createFakeEngine } from '../../support/fake-engine.ts';
import { temporaryDirectory } from '../../support/temporary.ts';

async function open({ isOpen = false, preset = true } = {}) {
  const path = join(await temporaryDirectory(), 'a.png');
  await writeFile(path, 'abc');
  const engine = createFakeEngine({ refuse: (one) => (one === '/bad' ? failure('file-missing') : null) });
  const api = localApi(engine.service, systemClock);
  onTestFinished(() => api.close());
  if (preset) await api.updateSettings({ defaultDestinationId: 'demo-flora' });
  const made = fakeWindows();
  if (isOpen) made.create({});
  const told: { readonly contents: WebContents; readonly given: GivenFromOutside }[] = [];
  const given = createGivenFiles();
  const run = (paths: readonly string[]) =>
    give(paths, {
      api,
      windows: {
        all: () => made.all.map(({ window }) => window),
        front: () => made.all[0]?.window ?? made.create({}),
      },
      givenTo: () => given,
      tell: (contents, what) => void told.push({ contents, given: what }),
    });
  return { path, engine, made, told, given, run };
}

test('where it is clear where they go, they are queued, and a window that is open says so', async () => {
  const { path, engine, told, run } = await open({ isOpen: true });
  await run([path]);
  expect(engine.jobs.size).toBe(1);
  expect(told.map(({ given }) => given)).toMatchObject([{ kind: 'added', destinationId: 'demo-flora' }]);
});

test('no window is opened for what went well', async () => {
  const { path, engine, made, told, run } = await open();
  await run([path]);
  expect(engine.jobs.size).toBe(1);
  expect([made.all, told]).toEqual([[], []]);
});

test('a refusal is never left unsaid', async () => {
  const { path, made, told, run } = await open();
  await run([path, '/bad']);
  expect(made.all).toHaveLength(1);
  expect(told).toMatchObject([{ given: { kind: 'added', report: { files: [{}, { outcome: 'refused' }] } } }]);
});

test('where somebody has to choose, a window asks, with the files', async () => {
  const { path, engine, made, told, given, run } = await open({ preset: false });
  await run([path, '/missing']);
  expect(engine.jobs.size).toBe(0);
  expect(made.all).toHaveLength(1);
  const [one] = told;
  if (one?.given.kind !== 'ask') throw new Error('It was not asked.');
  expect(one.contents).toBe(made.all[0]?.page.contents);
  expect(one.given.missing).toEqual(['/missing']);
  expect(one.given.files.map(({ id }) => given.pathOf(id))).toEqual([path]);
});

test('files that are not there are no question', async () => {
  const { told, run } = await open({ preset: false });
  await expect(run(['/missing'])).rejects.toMatchObject({ failure: { code: 'file-missing' } });
  expect(told).toEqual([]);
});

test('nothing is nothing', async () => {
  const { made, told, run } = await open({ preset: false });
  await run([]);
  expect([made.all, told]).toEqual([[], []]);
});
