/** Files from a window, which lie in the inbox: told by name, size and date, whichever copy it is. */
import { randomUUID } from 'node:crypto';
import { mkdir, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { engineFixture, watchJobs } from '../support/engine-fixture.ts';
import { temporaryDirectory } from '../support/temporary.ts';

/** In the place of what is there, which lives on, so that its number is not given to this one. */
async function put(path: string, content: string): Promise<bigint> {
  await mkdir(dirname(path), { recursive: true });
  await rename(path, `${path}.${randomUUID()}`).catch(() => {});
  await writeFile(path, content);
  await utimes(path, new Date(5000), new Date(5000));
  return (await stat(path, { bigint: true })).ino;
}

it('what came from a window is not sent again by another copy of it, and what changed is', async () => {
  const { engine, dataDir } = await engineFixture();
  const give = async (path: string) =>
    (await engine.addFiles([path], { destinationId: 'demo-flora' })).files.map(({ outcome, jobId }) => ({
      outcome,
      jobId,
    }));
  const path = join(dataDir, 'inbox', 'key', 'a.png');
  const first = await put(path, 'abc');
  const [added] = await give(path);
  expect(added).toMatchObject({ outcome: 'added' });
  const [done] = await watchJobs(engine).atRest([added?.jobId ?? 0]);
  expect(done?.state.name).toBe('completed');
  expect(await put(path, 'abc')).not.toBe(first);
  expect(await give(path)).toEqual([{ outcome: 'linked', jobId: added?.jobId }]);
  await put(path, 'abcd');
  expect(await give(path)).toMatchObject([{ outcome: 'added' }]);

  const elsewhere = join(await temporaryDirectory(), 'a.png');
  await put(elsewhere, 'abc');
  const [other] = await give(elsewhere);
  await watchJobs(engine).atRest([other?.jobId ?? 0]);
  await put(elsewhere, 'abc');
  expect(await give(elsewhere)).toMatchObject([{ outcome: 'added' }]);
});
