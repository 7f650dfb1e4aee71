import { describe, expect, it } from 'vitest';
import type { StoredState } from '#ports/stored-job.ts';
import type { StateName } from '#shared/job.ts';
import { Run } from '../../electron/queue/run.ts';
import { jobIn, reservation } from './job-fixture.ts';

const MiB = 1024 * 1024;
const clock = { now: () => 0, monotonic: () => 0, setTimer: () => () => {} };

function runOf(state: StoredState, sizeBytes = 100 * MiB) {
  const job = jobIn(state, { file: { sizeBytes, mtimeNs: '1', inode: '1:1' } });
  return new Run(job, [job], 'data', clock, () => {});
}
const uploading: StoredState = { name: 'uploading', reservation };

describe('where a run that is cut off goes on', () => {
  it.each([
    { what: 'nothing was begun', hasBegun: false, bytesSent: 0, isReusable: true, resume: 'same' },
    { what: 'in its middle', hasBegun: true, bytesSent: 50 * MiB, isReusable: true, resume: 'same' },
    {
      what: 'in its middle, into a form',
      hasBegun: true,
      bytesSent: 50 * MiB,
      isReusable: false,
      resume: 'renew',
    },
    {
      what: 'at its beginning, into a form',
      hasBegun: true,
      bytesSent: 0,
      isReusable: false,
      resume: 'renew',
    },
    { what: '16 MiB before its end', hasBegun: true, bytesSent: 84 * MiB, isReusable: true, resume: 'same' },
    {
      what: 'nearer to its end',
      hasBegun: true,
      bytesSent: 84 * MiB + 1,
      isReusable: true,
      resume: 'inspect',
    },
    {
      what: 'near its end, into a form',
      hasBegun: true,
      bytesSent: 99 * MiB,
      isReusable: false,
      resume: 'inspect',
    },
  ])('$what: $resume', ({ hasBegun, bytesSent, isReusable, resume }) => {
    const run = runOf(uploading);
    run.hasBegun = hasBegun;
    run.progress(bytesSent);
    run.isTargetReusable = isReusable;
    expect(run.resumePoint()).toBe(resume);
  });

  it('a small file may be there before anything was told of it', () => {
    const run = runOf(uploading, 900);
    expect(run.resumePoint()).toBe('same');
    run.hasBegun = true;
    expect(run.resumePoint()).toBe('inspect');
  });

  it.each<StoredState>([
    { name: 'reserving', reservation: null },
    { name: 'inspecting', reservation },
    { name: 'completing', reservation },
    { name: 'processing', reservation, pollAt: 1, pollCount: 1 },
  ])('a short request is asked again: $name', (state) => {
    const run = runOf(state);
    run.hasBegun = true;
    expect(run.resumePoint()).toBe('same');
  });
});

describe('an interruption', () => {
  const all = {
    uploading: 'paused',
    reserving: 'paused',
    processing: 'paused',
    completing: 'interrupted',
    inspecting: 'interrupted',
  } as const satisfies Partial<Record<StateName, string>>;
  const states: readonly StoredState[] = [
    uploading,
    { name: 'reserving', reservation: null },
    { name: 'processing', reservation, pollAt: 1, pollCount: 1 },
    { name: 'completing', reservation },
    { name: 'inspecting', reservation },
  ];

  it('pauses what can be paused, and only stops what went on to another step', () => {
    for (const state of states) {
      const run = runOf(state);
      run.interrupt({ type: 'paused' }, 1);
      const { interruption } = run;
      const event = interruption === null ? null : run.eventFor(interruption, 1);
      expect([state.name, event?.type]).toEqual([state.name, all[state.name as keyof typeof all]]);
    }
  });

  it('means one of its jobs; the others only stop, and the first reason stays', () => {
    const run = runOf(uploading);
    run.interrupt({ type: 'canceled' }, 1);
    run.interrupt({ type: 'paused' }, 1);
    const { interruption } = run;
    expect(interruption?.event.type).toBe('canceled');
    if (interruption !== null) expect(run.eventFor(interruption, 2).type).toBe('interrupted');
  });
});

describe('writes of a run', () => {
  it('come one after the other, also after one that failed', async () => {
    const run = runOf(uploading);
    const order: string[] = [];
    const gate = Promise.withResolvers<void>();
    const first = run.inTurn(async () => {
      await gate.promise;
      order.push('first');
      throw new Error('It failed.');
    });
    const second = run.inTurn(async () => {
      order.push('second');
    });
    gate.resolve();
    await expect(first).rejects.toThrow('It failed.');
    await second;
    expect(order).toEqual(['first', 'second']);
  });
});
