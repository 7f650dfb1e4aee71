/** A job's details can be copied into a bug report as they are, whatever a service says. */
import { expect, it } from 'vitest';
import { demoDestinationNames } from '#shared/destination.ts';
import { engineFixture } from '../support/engine-fixture.ts';
import { randomFile, temporaryDirectory } from '../support/temporary.ts';

const secrets = [
  'user:pw',
  'X-Amz-Signature=0123456789abcdef',
  'AKIAIOSFODNN7EXAMPLE',
  'sk_live_0123456789abcdef',
  'sk-0123456789abcdef',
];
const badWords =
  'cannot read https://user:pw@store.example/b/k?X-Amz-Signature=0123456789abcdef&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE Authorization: Bearer sk_live_0123456789abcdef key=sk-0123456789abcdef';

it('no dialect’s details tell a secret, also where its service does', async () => {
  const { engine, demo, until } = await engineFixture();
  const { runflow, flora, cyberun } = demo.address;
  demo.setFaults({
    assetFails: badWords,
    runFails: badWords,
    redirect: { value: `https://elsewhere.example/login?token=${secrets[2]}`, stage: 'upload', first: 4 },
  });
  const { path } = await randomFile(await temporaryDirectory(), 'a.png', 5000);
  const ids: number[] = [];
  for (const destinationId of demoDestinationNames) {
    const { files } = await engine.addFiles([path], { destinationId });
    ids.push(...files.map(({ jobId }) => jobId ?? 0));
  }
  const hasWords = (text: string) => text.includes('cannot read https://store.example/b/k?…');
  // Each has either ended, or met the service's words.
  await until(ids, (jobs) =>
    jobs.every(
      (job) => ['completed', 'failed'].includes(job.state.name) || hasWords(JSON.stringify(job.state)),
    ),
  );
  const details = await Promise.all(ids.map((id) => engine.getJob(id)));
  expect(details.map(({ report }) => hasWords(report))).toEqual([false, true, false, true]);
  for (const each of details) {
    expect(each.report.split('\n').length).toBeGreaterThan(each.timeline.length);
    const said = JSON.stringify(each);
    for (const secret of [...secrets, runflow.key, flora.key, cyberun.key])
      expect(said).not.toContain(secret);
  }
});
