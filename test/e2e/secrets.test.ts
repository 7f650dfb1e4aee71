/** Keys and presigned URLs of a whole run are searched for, byte by byte: on disk, in every answer, in every push. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { demoDestinationNames } from '#shared/destination.ts';
import { engineFixture } from '../support/engine-fixture.ts';
import { randomFile, temporaryDirectory } from '../support/temporary.ts';

it('no key and no signature is on disk, in an answer, or in a push', async () => {
  const { engine, demo, dataDir, atRest } = await engineFixture();
  const said: string[] = [];
  engine.onChange((change) => said.push(JSON.stringify(change)));
  const directory = await temporaryDirectory();
  const files = [await randomFile(directory, 'a.png', 5000), await randomFile(directory, 'b.mp4', 90_000)];
  const typed = 'sk_live_typed_by_a_person_0123456789';
  const own = await engine.addDestination(
    {
      name: 'mine',
      kind: 'flora',
      baseUrl: demo.address.flora.baseUrl,
      workspaceId: demo.address.flora.workspaceId,
    },
    typed,
  );
  said.push(JSON.stringify(own), JSON.stringify(await engine.testDestination(own.destination.id)));
  // The store refuses, drops and expires now and then, so that errors are written, too.
  demo.setFaults({
    status: { value: 403, stage: 'upload', first: 2 },
    dropAfterBytes: { value: 100, stage: 'upload', first: 2 },
  });
  const ids: number[] = [];
  for (const destinationId of [...demoDestinationNames, own.destination.id]) {
    const report = await engine.addFiles(
      files.map(({ path }) => path),
      { destinationId },
    );
    said.push(JSON.stringify(report));
    ids.push(...report.files.map(({ jobId }) => jobId ?? 0));
  }
  const jobs = await atRest(ids);
  // The service does not know the typed key, so these wait for a person; all others are up.
  expect(jobs.filter(({ state }) => state.name === 'completed')).toHaveLength(8);
  for (const id of ids) said.push(JSON.stringify(await engine.getJob(id)));
  said.push(JSON.stringify(await engine.snapshot()), JSON.stringify(await engine.changesSince(0, 1000)));
  said.push(JSON.stringify(await engine.explainPath(files[0]?.path ?? '')));

  const { runflow, flora, cyberun } = demo.address;
  const secrets = [typed, runflow.key, flora.key, cyberun.key, 'X-Amz-Signature', 'X-Amz-Credential'];
  for (const text of said) for (const secret of secrets) expect(text.includes(secret), secret).toBe(false);
  const onDisk = await readdir(dataDir, { recursive: true, withFileTypes: true });
  // The demo service's own folder is the service's side of the world.
  const ours = onDisk.filter((file) => file.isFile() && !file.parentPath.startsWith(join(dataDir, 'demo')));
  expect(ours.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['hoist.db', 'config.json', 'secrets.json']),
  );
  for (const file of ours) {
    const bytes = await readFile(join(file.parentPath, file.name));
    for (const secret of secrets)
      expect([file.name, secret, bytes.includes(secret)]).toEqual([file.name, secret, false]);
  }
});
