/**
 * The plug is pulled at any instant, again and again: real processes, SIGKILL, 200 files to each service. The demo service
 * lives on in this process, as a real service would.
 */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startDemo } from '#demo';
import { type ProviderKind, providerKinds } from '#shared/destination.ts';
import { buildCli } from '../support/built-cli.ts';
import { allAtService, takeCensus } from '../support/census.ts';
import { jsonLines, startCli } from '../support/cli-child.ts';
import { readJournalFile } from '../support/journal-file.ts';
import { randomFile, temporaryDirectory } from '../support/temporary.ts';

const files = Number(process.env.KILL_FILES ?? 200);
const minKills = Number(process.env.KILLS ?? 50);
const hurry = 50;
/** Such that 200 files take longer than fifty rounds of 50 to 500 ms; Cyberun needs the fewest requests. */
const latencyOf: Readonly<Record<ProviderKind, number>> = {
  runflow: 200,
  flora: 200,
  cyberun: 320,
  pupload: 150,
};

let entry = '';
let remove = async () => {};
beforeAll(async () => {
  ({ entry, remove } = await buildCli());
});
afterAll(() => remove());

describe.each(providerKinds)('%s', (kind) => {
  it(`${files} files survive ${minKills} kills: each is there, none twice, nothing is sent again that had arrived`, {
    timeout: 600_000,
  }, async () => {
    const dataDir = await temporaryDirectory();
    const demo = await startDemo({
      directory: join(dataDir, 'demo'),
      clockScale: hurry,
      faults: { latencyMs: latencyOf[kind] },
    });
    onTestFinished(() => demo.close());
    const directory = await temporaryDirectory();
    const given = await Promise.all(
      Array.from({ length: files }, (_, index) =>
        randomFile(directory, `file-${String(index).padStart(3, '0')}.png`, 1 + ((index * 7919) % 60_000)),
      ),
    );
    const hashOf = new Map(given.map(({ name, sha256 }) => [name, sha256]));
    const args = ['upload', directory, '--to', `demo-${kind}`, '--data-dir', dataDir, '--json'];
    const environment = { HOIST_POLL_SCALE: String(1 / hurry) };
    const bodiesOf = () => countBodies(demo.stats().uploads, kind);
    /** By content: how often a body had arrived when its job was past the upload for the first time. */
    const bodiesWhenUploaded = new Map<string, number>();

    const reserved = () => demo.stats().dialects[kind].reservations;
    let kills = 0;
    // Some of them must hit the middle of the work; few early ones may all come before it.
    while (kills < minKills || (reserved() === 0 && kills < 10 * minKills)) {
      // However fast this machine is, or slow to kill: enough is left to be killed in the middle of.
      const arrived = assetsOf(demo.stats().uploads, kind).length;
      if (arrived > files * 0.7) demo.setFaults({ latencyMs: 2000 });
      const child = startCli(args, environment, entry);
      // From its first words on: before them nothing has begun.
      await Promise.race([new Promise((resolve) => child.process.stdout.once('data', resolve)), child.ended]);
      await Promise.race([delay(50 + Math.random() * 450), child.ended]);
      child.process.kill('SIGKILL');
      const { signal, code } = await child.ended;
      if (signal !== 'SIGKILL') throw new Error(`It ended by itself (${code}) after ${kills} kills.`);
      kills += 1;
      const bodies = bodiesOf();
      for (const row of readJournalFile(dataDir)) {
        const isPastUpload = row.timeline.some((entry) => entry.kind === 'sent');
        const hash = hashOf.get(row.name) ?? '';
        if (isPastUpload && !bodiesWhenUploaded.has(hash))
          bodiesWhenUploaded.set(hash, bodies.get(hash) ?? 0);
      }
    }
    const reservedBeforeTheEnd = reserved();
    demo.setFaults({ latencyMs: null });
    const last = await startCli(args, environment, entry).ended;

    await takeCensus(demo, join(dataDir, 'demo'), allAtService(kind, given));
    expect(last.code, last.stderr).toBe(0);
    const completed = jsonLines(last.stdout).filter(({ type }) => type === 'completed');
    expect(completed.map(({ path }) => path).sort()).toEqual(given.map(({ path }) => path).sort());
    const stored = assetsOf(demo.stats().uploads, kind);
    expect(stored.map(({ sha256 }) => sha256).sort()).toEqual(given.map(({ sha256 }) => sha256).sort());
    const bodies = bodiesOf();
    for (const [hash, count] of bodiesWhenUploaded) expect([hash, bodies.get(hash)]).toEqual([hash, count]);
    // The kills did hit the middle of the work.
    expect(reservedBeforeTheEnd).toBeGreaterThan(0);
  });
});

type Uploads = ReturnType<Awaited<ReturnType<typeof startDemo>>['stats']>['uploads'];

/** What the service calls an asset: reservations whose bytes never came are none. */
function assetsOf(uploads: Uploads, kind: ProviderKind): Uploads {
  return uploads.filter(({ dialect, sha256 }) => dialect === kind && sha256 !== null);
}

function countBodies(uploads: Uploads, kind: ProviderKind): ReadonlyMap<string, number> {
  const bodies = new Map<string, number>();
  for (const { dialect, sha256, bodies: count } of uploads) {
    if (dialect === kind && sha256 !== null) bodies.set(sha256, (bodies.get(sha256) ?? 0) + count);
  }
  return bodies;
}
