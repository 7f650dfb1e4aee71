import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { demoDestinationNames } from '#shared/destination.ts';
import { engineFixture } from '../support/engine-fixture.ts';
import { randomFile, sha256, temporaryDirectory } from '../support/temporary.ts';

async function threeFiles() {
  const directory = await temporaryDirectory();
  return [
    await randomFile(directory, 'still "with quotes" ü.png', 70_001),
    await randomFile(directory, 'clip.mp4', 3_000_000),
    await randomFile(directory, 'track.mp3', 1),
  ];
}

describe.each(demoDestinationNames)('%s', (destinationId) => {
  it('brings files through reserve, upload and complete, and their bytes are there', async () => {
    const { engine, demo, atRest } = await engineFixture();
    const files = await threeFiles();
    const report = await engine.addFiles(
      files.map(({ path }) => path),
      { destinationId },
    );
    expect(report.files.map(({ outcome }) => outcome)).toEqual(['added', 'added', 'added']);
    const jobs = await atRest(report.files.map(({ jobId }) => jobId ?? 0));
    expect(jobs.map(({ state }) => state.name)).toEqual(['completed', 'completed', 'completed']);
    expect(jobs.map((job) => job.sha256)).toEqual(files.map((file) => file.sha256));
    expect(jobs.map(({ attempts, renewals }) => attempts + renewals)).toEqual([0, 0, 0]);
    const { uploads, leakedCredentials } = await demo.stats();
    const stored = uploads.filter(({ dialect }) => `demo-${dialect}` === destinationId);
    expect(stored.map(({ sha256: hash }) => hash).sort()).toEqual(files.map((file) => file.sha256).sort());
    expect(stored.map(({ bodies }) => bodies)).toEqual([1, 1, 1]);
    expect(leakedCredentials).toBe(0);
  });

  it('gives the same link again for a file that is there, and a new asset when it is forced', async () => {
    const { engine, atRest } = await engineFixture();
    const [file] = await threeFiles();
    if (file === undefined) throw new Error('no file');
    const first = await engine.addFiles([file.path], { destinationId });
    const [job] = await atRest([first.files[0]?.jobId ?? 0]);
    const again = await engine.addFiles([file.path, file.path], { destinationId });
    expect(again.files.map(({ outcome, jobId }) => [outcome, jobId])).toEqual([
      ['linked', job?.id],
      ['linked', job?.id],
    ]);
    const forced = await engine.addFiles([file.path], { destinationId, isForced: true });
    const [second] = await atRest([forced.files[0]?.jobId ?? 0]);
    expect(second?.state.name).toBe('completed');
    expect(second?.generation).toBe(2);
    expect(second?.assetId).not.toBe(job?.assetId);
  });
});

describe('links', () => {
  it.each(['demo-flora', 'demo-runflow'])(
    'of %s open with the bytes and their type',
    async (destinationId) => {
      const { engine, atRest } = await engineFixture();
      const files = await threeFiles();
      const report = await engine.addFiles(
        files.map(({ path }) => path),
        { destinationId },
      );
      for (const [index, job] of (await atRest(report.files.map(({ jobId }) => jobId ?? 0))).entries()) {
        const { text } = await engine.copyLink(job.id, 'link');
        const answer = await fetch(text);
        expect(sha256(new Uint8Array(await answer.arrayBuffer()))).toBe(files[index]?.sha256);
        expect(answer.headers.get('content-type')).toBe(job.mimeType);
      }
    },
  );

  it('of a changed file are not those of the old one', async () => {
    const { engine, atRest } = await engineFixture();
    const directory = await temporaryDirectory();
    const path = join(directory, 'a.png');
    await writeFile(path, 'one');
    const first = await engine.addFiles([path], { destinationId: 'demo-flora' });
    const [before] = await atRest([first.files[0]?.jobId ?? 0]);
    await writeFile(path, 'two and more');
    const second = await engine.addFiles([path], { destinationId: 'demo-flora' });
    const [after] = await atRest([second.files[0]?.jobId ?? 0]);
    expect(after?.state.name).toBe('completed');
    expect(after?.link).not.toBe(before?.link);
    expect(await (await fetch(after?.link ?? '')).text()).toBe('two and more');
  });
});

describe('a flow with two upload edges', () => {
  it('is started once for both files, and both get its artifacts', async () => {
    const { engine, demo, atRest } = await engineFixture();
    const directory = await temporaryDirectory();
    const image = await randomFile(directory, 'photo.png', 50_000);
    const mask = await randomFile(directory, 'mask.png', 5000);
    const view = await engine.addDestination(
      {
        name: 'cut-out',
        kind: 'pupload',
        baseUrl: demo.address.pupload.baseUrl,
        projectId: demo.address.pupload.projectId,
        flowName: demo.address.pupload.twoEdgeFlowName,
      },
      null,
    );
    const destinationId = view.destination.id;
    const report = await engine.addFiles([], {
      destinationId,
      edges: [
        { edge: 'image', path: image.path },
        { edge: 'mask', path: mask.path },
      ],
    });
    const jobs = await atRest(report.files.map(({ jobId }) => jobId ?? 0));
    expect(jobs.map(({ state }) => state.name)).toEqual(['completed', 'completed']);
    expect(new Set(jobs.map(({ assetId }) => assetId)).size).toBe(1);
    const lacking = await engine.addFiles([image.path], { destinationId, isForced: true });
    expect(lacking.files[0]).toMatchObject({ outcome: 'refused', failure: { code: 'edge-unfilled' } });
  });
});
