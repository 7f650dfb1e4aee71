/**
 * The n-th access to the journal's file fails, for every n: the disk is full, the disk gives an error, the process dies.
 * The real queue on the real journal, in the time of a simulated world.
 */
import { describe, expect, it } from 'vitest';
import type { StoredJob } from '#ports/stored-job.ts';
import { type ProviderKind, providerKinds } from '#shared/destination.ts';
import { expectCensus, judgeCensus } from '../../support/census.ts';
import { versionName } from '../../support/sim-files.ts';
import type { Finding } from '../../support/sim-finding.ts';
import { SqliteKeeper } from '../../support/sim-sqlite.ts';
import { SimWorld } from '../../support/sim-world.ts';

/** 1 tries every access; more leaves some out, others for each service. */
const step = Number(process.env.ACCESS_STEP ?? 3);

const strikes = {
  'finds the disk full': { code: 13, kinds: ['run'] },
  'meets an error of the disk': { code: 10, kinds: ['run', 'get', 'all'] },
  'dies at its': { code: 10, kinds: ['run', 'get', 'all'] },
} as const;
type Strike = keyof typeof strikes;

class StruckWorld {
  readonly world: SimWorld<SqliteKeeper>;
  hasStruck = false;
  #isArmed = false;
  #accesses = 0;

  constructor(kind: ProviderKind, strike: Strike, number: number) {
    const { code, kinds } = strikes[strike];
    const onAccess = ({ kind: access }: { readonly kind: 'run' | 'get' | 'all' }) => {
      if (!this.#isArmed || !kinds.some((each) => each === access)) return;
      this.#accesses += 1;
      if (this.#accesses !== number) return;
      this.hasStruck = true;
      if (strike === 'dies at its') this.world.kill();
      throw Object.assign(new Error('It was asked to fail.'), { errcode: code });
    };
    this.world = new SimWorld({
      destinations: [{ id: 'd1', kind }],
      makeKeeper: (time) => new SqliteKeeper(time, { seed: number, onAccess }),
    });
    this.world.service().pollsNeeded = 1;
  }

  disarm(): void {
    this.#isArmed = false;
  }

  async open(): Promise<void> {
    await this.world.open();
    this.#isArmed = true;
  }
}

/** Contents have names in a simulated world, where they have hashes in the real one. */
function censusOf(
  kind: ProviderKind,
  world: SimWorld<SqliteKeeper>,
  jobs: readonly StoredJob[],
): readonly Finding[] {
  const given = jobs.map(({ path, file, state }) => ({
    kind,
    path,
    sha256: `${path} ${versionName(file)}`,
    end: state.name === 'completed' ? ('asset' as const) : ('explained' as const),
  }));
  const assets = world.service().assets.map(({ id, slot, version }) => ({
    kind,
    id,
    sha256: `${slot.file.path} ${version}`,
    path: null,
  }));
  return judgeCensus(given, assets);
}

/** False: there are fewer accesses than that. */
async function survives(kind: ProviderKind, strike: Strike, number: number): Promise<boolean> {
  const struck = new StruckWorld(kind, strike, number);
  const { world } = struck;
  try {
    await struck.open();
    const orders = world.orders(['a', 'b'].map((path) => ({ path, sizeBytes: 200_000 })));
    world.queue.add(orders).catch(() => {});
    await world.time.advance(30_000);
    if (!world.isOpen) await world.open();
    struck.disarm();
    // Whoever was refused, or heard nothing, gives the files again.
    await world.time.during(world.queue.add(orders));
    await world.untilAll('completed', undefined, 600_000);
    const jobs = await world.keeper.jobs();
    expectCensus(jobs.length, censusOf(kind, world, jobs));
    const { assets, bodies } = world.service();
    expect([number, jobs.length, assets.length, bodies.length]).toEqual([number, 2, 2, 2]);
    expect([number, jobs.map(({ attempts }) => attempts)]).toEqual([number, [0, 0]]);
    expect([number, world.keeper.inspect(['X-Sim-Signature'])]).toEqual([number, []]);
    await world.close();
    return struck.hasStruck;
  } finally {
    world.keeper.dispose();
  }
}

describe.each(providerKinds)('%s', (kind) => {
  it.each(Object.keys(strikes) as Strike[])(
    'loses nothing and sends nothing twice when it %s n-th access',
    { timeout: 600_000 },
    async (strike) => {
      let tried = 0;
      const first = 1 + (providerKinds.indexOf(kind) % step);
      for (let number = first; await survives(kind, strike, number); number += step) tried += 1;
      expect(tried).toBeGreaterThan(3);
    },
  );
});
