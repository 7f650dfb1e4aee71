/**
 * The packed app, as a person installs it. Proves: what lies in the archive is enough to boot, to show its window and to
 * bring files to their links, without this checkout. Cannot prove: that Electron's binary reads the archive.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { packApp } from '../packaging/pack-app.ts';
import { bringThreeFiles } from './support/bring-three-files.ts';
import { test } from './support/with-desktop.ts';

test('it boots from what is in its archive, and brings three files to their links', async ({ create }) => {
  const directory = await mkdtemp(join(tmpdir(), 'hoist-packed-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true, maxRetries: 5 }));
  const packed = await packApp(directory);
  // Away from everything that was made on the way.
  const appPath = await mkdtemp(join(tmpdir(), 'hoist-installed-'));
  onTestFinished(() => rm(appPath, { recursive: true, force: true, maxRetries: 5 }));
  await cp(packed.extracted, appPath, { recursive: true });
  const desktop = await create({
    app: { entry: join(appPath, 'dist/main.js'), appPath, cliEntry: join(packed.bundle, 'cli.js') },
  });
  await desktop.start();
  expect((await desktop.look()).tray?.hasImage).toBe(true);
  await bringThreeFiles(desktop);
});
