/** Settings that are carried from one engine to another. */
import { realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startEngine } from '../support/engine-fixture.ts';
import { temporaryDirectory } from '../support/temporary.ts';

const folderOf = async () => realpath(await temporaryDirectory());
const freshEngine = async () => startEngine(await temporaryDirectory());
const flora = { name: 'Far Side', kind: 'flora', workspaceId: 'ws_1' } as const;
const key = 'flora-live-0123456789abcdef';

it('brings settings, destinations and folders to another engine, which watches them at once', async () => {
  const from = await freshEngine();
  const { id } = (await from.addDestination(flora, key)).destination;
  const [kept, gone] = [await folderOf(), await folderOf()];
  await writeFile(join(kept, 'old.png'), 'old');
  const common = { destinationId: id, settleMs: 100 };
  await from.addWatchFolder({ ...common, path: kept, existing: 'include', ignore: ['*.tmp'] });
  await from.addWatchFolder({ ...common, path: gone, after: { kind: 'move', directory: 'Sent' } });
  await from.updateSettings({ theme: 'dark', defaultDestinationId: id, bandwidthLimit: 1_000_000 });
  const text = await from.exportSettings();
  expect(text).not.toContain(key);
  const missing = `${gone}-elsewhere`;

  const to = await freshEngine();
  const told: string[] = [];
  to.onChange(({ kind }) => told.push(kind));
  const report = await to.importSettings(text.replaceAll(gone, missing));
  expect(report).toEqual({
    destinations: 1,
    folders: 1,
    settings: true,
    left: [{ what: `folder ${missing}`, reason: 'There is no such folder here.' }],
  });
  expect(told).toEqual(expect.arrayContaining(['settings', 'destinations', 'folders']));
  const { destinations, folders, settings } = await to.snapshot();
  const own = destinations.find(({ destination }) => destination.name === 'Far Side');
  expect(own).toMatchObject({ hasKey: false, destination: { workspaceId: 'ws_1' } });
  expect(settings).toMatchObject({
    theme: 'dark',
    bandwidthLimit: 1_000_000,
    defaultDestinationId: own?.destination.id,
  });
  expect(folders).toMatchObject([
    { folder: { path: kept, destinationId: own?.destination.id, ignore: ['*.tmp'] } },
  ]);
  // What is in the folder now was not exported now.
  const idle = await to.whenWatchFolderIdle(folders[0]?.folder.id ?? '');
  expect(idle.health).toMatchObject({ baseline: 1, jobs: 0 });

  const again = await to.importSettings(text.replaceAll(gone, missing));
  expect(again).toMatchObject({ destinations: 0, folders: 0 });
  expect(again.left.map(({ what }) => what)).toEqual([
    'destination Far Side',
    `folder ${kept}`,
    `folder ${missing}`,
  ]);
  for (const { reason } of again.left) expect(reason).not.toBe('');
});

it('refuses junk, and changes nothing', async () => {
  const engine = await freshEngine();
  const before = await engine.snapshot();
  for (const junk of ['', 'null', '{"format":"hoist-settings"}', '{"format":"other","version":1}']) {
    await expect(async () => engine.importSettings(junk)).rejects.toMatchObject({ code: 'invalid' });
  }
  expect(await engine.snapshot()).toEqual(before);
});
