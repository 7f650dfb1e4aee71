import { describe, expect, it } from 'vitest';
import { failure } from '#shared/failure.ts';
import { openHolds } from '../../electron/queue/holds.ts';
import { MemoryJournal } from '../support/memory-journal.ts';

const dead = failure('unreachable');
const slow = failure('rate-limited');
const key = failure('key-refused');

async function world({ journal = new MemoryJournal(), at = 1_000_000 } = {}) {
  const state = { now: at, changes: 0, failures: [] as unknown[] };
  const holds = await openHolds({
    journal,
    clock: { now: () => state.now, monotonic: () => state.now, setTimer: () => () => {} },
    random: () => 0,
    onChange: () => {
      state.changes += 1;
    },
    onFailure: (error) => state.failures.push(error),
  });
  const flush = () => new Promise((resolve) => setImmediate(resolve));
  return { holds, journal, state, flush };
}

describe('a rate limit', () => {
  it('closes the gate until its time, shows it, and opens by itself', async () => {
    const { holds, state } = await world();
    holds.hear('d', { kind: 'throttled', retryAfterMs: 5000, failure: slow });
    expect(holds.gate('d')).toBe('closed');
    expect(holds.gate('other')).toBe('open');
    expect(holds.holdOf('d')).toEqual({ kind: 'rate-limited', until: 1_005_000, failure: slow });
    expect(holds.nextOpeningAt()).toBe(1_005_000);
    state.now += 5000;
    expect(holds.gate('d')).toBe('open');
    expect(holds.holdOf('d')).toBeNull();
    expect(holds.nextOpeningAt()).toBeNull();
  });

  it('never shortens, and grows by how often it came, not by how many heard it', async () => {
    const { holds, state } = await world();
    const throttled = { kind: 'throttled', retryAfterMs: null, failure: slow } as const;
    const waits: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      for (let hearing = 0; hearing < 4; hearing += 1) holds.hear('d', throttled);
      const until = holds.nextOpeningAt() ?? 0;
      waits.push(until - state.now);
      state.now = until;
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 32_000, 32_000]);
    holds.hear('d', { kind: 'throttled', retryAfterMs: 60_000, failure: slow });
    holds.hear('d', { kind: 'throttled', retryAfterMs: 10, failure: slow });
    expect((holds.nextOpeningAt() ?? 0) - state.now).toBe(60_000);
  });

  it('outlives the process', async () => {
    const first = await world();
    first.holds.hear('d', { kind: 'throttled', retryAfterMs: 5000, failure: slow });
    await first.flush();
    const next = await world({ journal: first.journal, at: 1_004_999 });
    expect(next.holds.gate('d')).toBe('closed');
    next.state.now += 1;
    expect(next.holds.gate('d')).toBe('open');
  });

  it('is believed for at most an hour when the clock is set back', async () => {
    const { holds, state } = await world();
    holds.hear('d', { kind: 'throttled', retryAfterMs: 5000, failure: slow });
    state.now -= 10 * 3_600_000;
    holds.clockSetBack(10 * 3_600_000);
    expect((holds.nextOpeningAt() ?? 0) - state.now).toBe(5000);
  });
});

describe('an unreachable service', () => {
  it('is probed after 1, 2, 4 … s, and many that meet it at once count as one', async () => {
    const { holds, state } = await world();
    const waits: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      for (let hearing = 0; hearing < 3; hearing += 1)
        holds.hear('d', { kind: 'unreachable', failure: dead });
      expect(holds.gate('d')).toBe('closed');
      const at = holds.nextOpeningAt() ?? 0;
      waits.push(at - state.now);
      state.now = at;
      expect(holds.gate('d')).toBe('probe');
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000]);
    expect(holds.holdOf('d')?.kind).toBe('unreachable');
    holds.hear('d', { kind: 'fine' });
    expect(holds.gate('d')).toBe('open');
    expect(holds.holdOf('d')).toBeNull();
  });

  it('is probed at once when the network is another one', async () => {
    const { holds } = await world();
    holds.hear('d', { kind: 'unreachable', failure: dead });
    holds.probeNow();
    expect(holds.gate('d')).toBe('probe');
  });
});

describe('a block', () => {
  it('stays, over restarts too, until somebody lifts it', async () => {
    const first = await world();
    first.holds.hear('d', { kind: 'blocked', failure: key });
    first.holds.hear('d', { kind: 'fine' });
    await first.flush();
    const { holds, journal, flush } = await world({ journal: first.journal, at: 9_000_000 });
    expect(holds.gate('d')).toBe('closed');
    expect(holds.holdOf('d')).toEqual({ kind: 'blocked', until: null, failure: key });
    expect(holds.nextOpeningAt()).toBeNull();
    holds.lift('d');
    expect(holds.gate('d')).toBe('open');
    await flush();
    expect(journal.disk.holds.size).toBe(0);
  });

  it('still holds when its reason cannot be read', async () => {
    const journal = new MemoryJournal();
    await journal.setHold('d', { destinationId: 'd', kind: 'blocked', until: null, failure: '{"code":"?"' });
    const { holds } = await world({ journal });
    expect(holds.holdOf('d')).toMatchObject({ kind: 'blocked', failure: { code: 'internal' } });
  });
});

describe('a service that fails everything', () => {
  it('is asked by one at a time when its budget is spent, and by all when it answers', async () => {
    const { holds, state } = await world();
    for (let count = 0; count < 34; count += 1) holds.hear('d', { kind: 'failing' });
    expect(holds.gate('d')).toBe('open');
    holds.hear('d', { kind: 'failing' });
    expect(holds.gate('d')).toBe('closed');
    state.now = holds.nextOpeningAt() ?? 0;
    expect(holds.gate('d')).toBe('probe');
    holds.hear('d', { kind: 'fine' });
    expect(holds.gate('d')).toBe('open');
  });
});

describe('what the disk keeps of it', () => {
  it('is written when it changes, and removed when it is over', async () => {
    const { holds, journal, state, flush } = await world();
    holds.hear('d', { kind: 'fine' });
    holds.hear('d', { kind: 'failing' });
    expect(journal.writes).toBe(0);
    holds.hear('d', { kind: 'throttled', retryAfterMs: 5000, failure: slow });
    await flush();
    expect(journal.disk.holds.get('d')).toMatchObject({ kind: 'rate-limited', until: 1_005_000 });
    state.now += 6000;
    holds.hear('d', { kind: 'fine' });
    await flush();
    expect(journal.disk.holds.size).toBe(0);
  });

  it('is worth no alarm when the disk is full: the hold stays in memory', async () => {
    const { holds, journal, state, flush } = await world();
    journal.isFull = true;
    holds.hear('d', { kind: 'blocked', failure: key });
    await flush();
    expect(state.failures).toEqual([]);
    expect(holds.gate('d')).toBe('closed');
    journal.isFull = false;
    holds.hear('d', { kind: 'failing' });
    await flush();
    expect(journal.disk.holds.get('d')?.kind).toBe('blocked');
  });

  it('tells when a hold begins, and when its time is over', async () => {
    const { holds, state } = await world();
    holds.hear('d', { kind: 'throttled', retryAfterMs: 5000, failure: slow });
    expect(state.changes).toBe(1);
    holds.tellWhatIsOver();
    expect(state.changes).toBe(1);
    state.now += 5000;
    holds.tellWhatIsOver();
    holds.tellWhatIsOver();
    expect(state.changes).toBe(2);
  });

  it('says nothing where nothing is held', async () => {
    const { holds, state } = await world();
    holds.hear('d', { kind: 'failing' });
    holds.hear('d', { kind: 'fine' });
    holds.hear('d', { kind: 'none' });
    expect(state.changes).toBe(0);
  });
});
