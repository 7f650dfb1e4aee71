import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredJob, StoredState } from '#ports/stored-job.ts';
import { failure } from '#shared/failure.ts';
import { isTerminal, type StateName, stateNames } from '#shared/job.ts';
import type { JobEvent } from '../../electron/queue/events.ts';
import { maxRenewalsInRow } from '../../electron/queue/renewal.ts';
import { reservationOf } from '../../electron/queue/resume.ts';
import { transition } from '../../electron/queue/transition.ts';
import { asset, jobIn, reservation } from './job-fixture.ts';

const limits = { maxAttempts: 8 };
const trouble = failure('server-error');
const file = { sizeBytes: 11, mtimeNs: '2', inode: '1:1' };

const states: { readonly [N in StateName]: Extract<StoredState, { name: N }> } = {
  queued: { name: 'queued', step: 'upload', reservation },
  reserving: { name: 'reserving', reservation: null },
  inspecting: { name: 'inspecting', reservation },
  uploading: { name: 'uploading', reservation },
  completing: { name: 'completing', reservation },
  processing: { name: 'processing', reservation, pollAt: 5, pollCount: 1 },
  waiting: { name: 'waiting', step: 'upload', reservation, until: 5, failure: null },
  paused: { name: 'paused', step: 'upload', reservation },
  blocked: { name: 'blocked', step: 'upload', reservation, failure: trouble },
  completed: { name: 'completed', asset },
  failed: { name: 'failed', step: 'upload', reservation, failure: trouble },
  canceled: { name: 'canceled', step: 'upload', reservation },
};

const events = {
  started: { type: 'started', freshKey: 'k' },
  reserved: { type: 'reserved', reservation, isAhead: false },
  reservedAhead: { type: 'reserved', reservation, isAhead: true },
  arrived: { type: 'inspected', found: 'arrived' },
  missing: { type: 'inspected', found: 'missing', reservation: undefined, until: null, failure: trouble },
  missingAgain: { type: 'inspected', found: 'missing', reservation: undefined, until: 9, failure: trouble },
  spent: { type: 'inspected', found: 'missing', reservation: null, until: null, failure: trouble },
  found: { type: 'inspected', found: 'completed', asset },
  uploaded: { type: 'uploaded', sha256: 'f00d' },
  doubted: { type: 'doubted', hasProgressed: false },
  pended: { type: 'pended', pollAt: 9, reservation: null },
  confirmed: { type: 'confirmed', asset },
  expired: { type: 'expired', wasTried: true, until: 0, now: 0, failure: failure('cannot-fit') },
  failed: { type: 'failed', failure: trouble, until: 9, hasProgressed: false, resume: 'same' },
  refused: { type: 'refused', failure: failure('too-large'), resume: 'anew' },
  ended: { type: 'ended', failure: failure('flow-run-failed'), resume: 'anew' },
  deferred: { type: 'deferred', failure: null, until: 9 },
  interrupted: { type: 'interrupted', resume: 'same' },
  interruptedInDoubt: { type: 'interrupted', resume: 'inspect' },
  due: { type: 'due' },
  paused: { type: 'paused', resume: 'same' },
  resumed: { type: 'resumed' },
  unblocked: { type: 'unblocked' },
  changed: { type: 'changed', file, until: 0, now: 0 },
  torn: { type: 'torn', file, until: 9 },
  vanished: { type: 'vanished', failure: failure('file-missing'), resume: 'same' },
  canceled: { type: 'canceled', resume: 'same' },
  retried: { type: 'retried' },
  recovered: { type: 'recovered' },
  regrouped: { type: 'regrouped', remoteId: reservation.remoteId },
  moved: { type: 'moved', path: '/b.png', name: 'b.png' },
  promoted: { type: 'promoted', rank: -1 },
} as const satisfies Record<string, JobEvent>;

const say = (job: StoredJob) =>
  'step' in job.state ? `${job.state.name}(${job.state.step})` : job.state.name;

/** The whole table: event → where each state goes. States that are not named stay as they are. */
const table: Record<keyof typeof events, Partial<Record<StateName, string>>> = {
  started: { queued: 'uploading' },
  reserved: { reserving: 'uploading' },
  reservedAhead: { reserving: 'queued(upload)' },
  arrived: { inspecting: 'completing' },
  missing: { inspecting: 'queued(upload)' },
  missingAgain: { inspecting: 'waiting(upload)' },
  spent: { inspecting: 'queued(reserve)' },
  found: { inspecting: 'completed' },
  uploaded: { uploading: 'completing' },
  doubted: { uploading: 'queued(inspect)' },
  pended: { completing: 'processing', processing: 'processing' },
  confirmed: {
    reserving: 'completed',
    inspecting: 'completed',
    completing: 'completed',
    processing: 'completed',
  },
  expired: {
    queued: 'queued(reserve)',
    reserving: 'queued(reserve)',
    uploading: 'queued(reserve)',
    completing: 'queued(reserve)',
  },
  failed: {
    reserving: 'waiting(reserve)',
    inspecting: 'waiting(inspect)',
    uploading: 'waiting(upload)',
    completing: 'waiting(complete)',
    processing: 'waiting(complete)',
  },
  refused: {
    queued: 'blocked(upload)',
    reserving: 'blocked(reserve)',
    inspecting: 'blocked(reserve)',
    uploading: 'blocked(reserve)',
    completing: 'blocked(reserve)',
    processing: 'blocked(reserve)',
  },
  ended: {
    reserving: 'failed(reserve)',
    inspecting: 'failed(reserve)',
    uploading: 'failed(reserve)',
    completing: 'failed(reserve)',
    processing: 'failed(reserve)',
  },
  deferred: {
    queued: 'waiting(upload)',
    reserving: 'waiting(reserve)',
    inspecting: 'waiting(inspect)',
    uploading: 'waiting(upload)',
    completing: 'waiting(complete)',
    processing: 'processing',
  },
  interrupted: {
    reserving: 'queued(reserve)',
    inspecting: 'queued(inspect)',
    uploading: 'queued(upload)',
    completing: 'queued(complete)',
  },
  interruptedInDoubt: {
    reserving: 'queued(reserve)',
    inspecting: 'queued(inspect)',
    uploading: 'queued(inspect)',
    completing: 'queued(inspect)',
  },
  due: { waiting: 'queued(upload)' },
  paused: {
    queued: 'paused(upload)',
    waiting: 'paused(upload)',
    reserving: 'paused(reserve)',
    uploading: 'paused(upload)',
    processing: 'paused(complete)',
  },
  resumed: { paused: 'queued(upload)' },
  unblocked: { blocked: 'queued(upload)' },
  changed: {
    queued: 'queued(reserve)',
    reserving: 'queued(reserve)',
    inspecting: 'queued(reserve)',
    uploading: 'queued(reserve)',
    completing: 'queued(reserve)',
    processing: 'queued(reserve)',
    waiting: 'queued(reserve)',
    paused: 'queued(reserve)',
    blocked: 'queued(reserve)',
    failed: 'queued(reserve)',
  },
  torn: {
    reserving: 'waiting(reserve)',
    inspecting: 'waiting(reserve)',
    uploading: 'waiting(reserve)',
    completing: 'waiting(reserve)',
    processing: 'waiting(reserve)',
  },
  vanished: {
    queued: 'blocked(upload)',
    reserving: 'blocked(reserve)',
    inspecting: 'blocked(inspect)',
    uploading: 'blocked(upload)',
    waiting: 'blocked(upload)',
    paused: 'blocked(upload)',
    blocked: 'blocked(upload)',
  },
  canceled: {
    queued: 'canceled(upload)',
    reserving: 'canceled(reserve)',
    inspecting: 'canceled(inspect)',
    uploading: 'canceled(upload)',
    completing: 'canceled(complete)',
    processing: 'canceled(complete)',
    waiting: 'canceled(upload)',
    paused: 'canceled(upload)',
    blocked: 'canceled(upload)',
  },
  retried: { failed: 'queued(upload)', canceled: 'queued(upload)', blocked: 'queued(upload)' },
  recovered: {
    reserving: 'queued(reserve)',
    inspecting: 'queued(inspect)',
    uploading: 'queued(inspect)',
    completing: 'queued(complete)',
  },
  regrouped: {
    queued: 'queued(reserve)',
    inspecting: 'queued(reserve)',
    uploading: 'queued(reserve)',
    completing: 'queued(reserve)',
    processing: 'queued(reserve)',
    waiting: 'queued(reserve)',
    paused: 'paused(reserve)',
    blocked: 'blocked(reserve)',
  },
  moved: {},
  promoted: {},
};

describe('the table of transitions', () => {
  for (const [name, event] of Object.entries(events) as [keyof typeof events, JobEvent][]) {
    it(`${name} moves exactly the states it names`, () => {
      const reached: Partial<Record<StateName, string>> = {};
      const expected: Partial<Record<StateName, string>> = {};
      for (const state of stateNames) {
        const before = jobIn(states[state]);
        reached[state] = say(transition(before, event, limits));
        expected[state] = table[name][state] ?? say(before);
      }
      expect(reached).toEqual(expected);
    });
  }

  it('an event that does not apply answers the very same job', () => {
    for (const [name, event] of Object.entries(events) as [keyof typeof events, JobEvent][]) {
      if (name === 'moved' || name === 'promoted') continue;
      for (const state of stateNames) {
        const before = jobIn(states[state]);
        if (table[name][state] === undefined) expect(transition(before, event, limits)).toBe(before);
      }
    }
  });
});

describe('counters', () => {
  it('expiry costs a renewal and no attempt, and is bounded', () => {
    let job = jobIn(states.uploading, { attempts: 3 });
    for (let count = 1; count <= maxRenewalsInRow; count += 1) {
      job = transition({ ...job, state: states.uploading }, events.expired, limits);
      expect(job).toMatchObject({ attempts: 3, renewals: count, renewalsInRow: count, reserveKey: null });
      expect(job.state.name).toBe('queued');
    }
    job = transition({ ...job, state: states.uploading }, events.expired, limits);
    expect(job.state).toMatchObject({ name: 'blocked', failure: { code: 'cannot-fit' } });
    expect(job.attempts).toBe(3);
  });

  it('a target that ran out while it only waited is no sign that the file cannot fit', () => {
    const job = transition(jobIn(states.uploading), { ...events.expired, wasTried: false }, limits);
    expect(job).toMatchObject({ renewals: 1, renewalsInRow: 0 });
  });

  it('the last attempt fails, the one before waits, and progress starts the count again', () => {
    const seventh = jobIn(states.uploading, { attempts: 6 });
    expect(transition(seventh, events.failed, limits)).toMatchObject({
      attempts: 7,
      state: { name: 'waiting' },
    });
    const eighth = jobIn(states.uploading, { attempts: 7 });
    expect(transition(eighth, events.failed, limits)).toMatchObject({
      attempts: 8,
      state: { name: 'failed' },
    });
    const moved = transition(eighth, { ...events.failed, hasProgressed: true }, limits);
    expect(moved).toMatchObject({ attempts: 1, state: { name: 'waiting' } });
  });

  it('bytes that never arrive are bounded, too, but never given up before somebody has looked', () => {
    const doubted = transition(jobIn(states.uploading, { attempts: 7 }), events.doubted, limits);
    expect(doubted).toMatchObject({ attempts: 8, state: { name: 'queued', step: 'inspect' } });
    const looked = { ...doubted, state: states.inspecting };
    expect(transition(looked, events.arrived, limits).state.name).toBe('completing');
    expect(transition(looked, events.missingAgain, limits).state).toMatchObject({
      name: 'failed',
      step: 'upload',
      failure: trouble,
    });
    const further = transition(
      jobIn(states.uploading, { attempts: 7 }),
      { ...events.doubted, hasProgressed: true },
      limits,
    );
    expect(further.attempts).toBe(1);
  });

  it('a file that never rests is blocked, not failed', () => {
    const job = transition(jobIn(states.uploading, { attempts: 7 }), events.torn, limits);
    expect(job.state).toMatchObject({ name: 'blocked', failure: { code: 'keeps-changing' } });
  });

  it('a reserve key lives until its reservation is given up', () => {
    const fresh = jobIn({ name: 'queued', step: 'reserve', reservation: null });
    const started = transition(fresh, events.started, limits);
    expect(started.reserveKey).toBe('k');
    const repeated = transition(
      transition(started, events.recovered, limits),
      { ...events.started, freshKey: 'other' },
      limits,
    );
    expect(repeated.reserveKey).toBe('k');
    const expired = transition(jobIn(states.uploading, { reserveKey: 'k' }), events.expired, limits);
    expect(expired.reserveKey).toBeNull();
  });

  it('a job that was canceled while it was told complete looks before it tells again', () => {
    const job = transition(jobIn(states.completing), events.canceled, limits);
    expect(transition(job, events.retried, limits)).toMatchObject({
      wasCompleteTried: true,
      state: { name: 'queued', step: 'complete' },
    });
    const doubtful = transition(jobIn(states.uploading), { type: 'canceled', resume: 'inspect' }, limits);
    expect(doubtful).toMatchObject({ wasDoubted: true, state: { name: 'canceled', step: 'inspect' } });
  });

  it('an edge whose bytes arrived still counts the runs that were lost', () => {
    const member = { groupId: 'g', renewalsInRow: 2 };
    const sent = transition(jobIn(states.uploading, member), events.uploaded, limits);
    expect(sent.renewalsInRow).toBe(2);
    expect(transition(sent, events.regrouped, limits)).toMatchObject({ renewalsInRow: 2, renewals: 1 });
    expect(
      transition(jobIn(states.uploading, { renewalsInRow: 2 }), events.uploaded, limits).renewalsInRow,
    ).toBe(0);
  });

  it('only the flow run that was lost is given up', () => {
    const other = { ...events.regrouped, remoteId: 'the next run' };
    for (const state of stateNames)
      expect(transition(jobIn(states[state]), other, limits).state).toBe(states[state]);
  });

  it('a version that was found torn is no second change when somebody tells of it', () => {
    const torn = transition(jobIn(states.uploading), events.torn, limits);
    expect(transition(torn, events.changed, limits)).toBe(torn);
  });

  it('a changed file gives a job that had ended all its attempts again', () => {
    const ended = jobIn(states.failed, { attempts: 8, file });
    expect(transition(ended, events.changed, limits)).toMatchObject({ attempts: 0, generation: 2 });
    expect(transition(jobIn(states.uploading, { attempts: 3 }), events.changed, limits).attempts).toBe(3);
  });

  it('after a crash in completing, complete is known to be a repeat', () => {
    const job = transition(jobIn(states.completing), events.recovered, limits);
    expect(job).toMatchObject({ wasCompleteTried: true, state: { name: 'queued', step: 'complete' } });
  });
});

const anyEvent = fc.constantFrom<JobEvent>(...Object.values(events));

describe('any sequence of events', () => {
  it('keeps the rules of a job', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (sequence) => {
        let job = jobIn({ name: 'queued', step: 'reserve', reservation: null });
        for (const event of sequence) {
          const before = job;
          job = transition(job, event, limits);
          expect(job.id).toBe(before.id);
          expect(job.generation).toBeGreaterThanOrEqual(before.generation);
          expect(job.renewals).toBeGreaterThanOrEqual(before.renewals);
          expect(job.attempts).toBeLessThanOrEqual(limits.maxAttempts);
          expect(job.renewalsInRow).toBeLessThanOrEqual(maxRenewalsInRow + 1);
          if (['uploading', 'inspecting', 'completing', 'processing'].includes(job.state.name)) {
            expect(reservationOf(job.state)).not.toBeNull();
          }
          // Only the failures that are the job's own cost an attempt.
          if (job.attempts > before.attempts) expect(['failed', 'torn', 'doubted']).toContain(event.type);
          // Nobody leaves an end but by the user's wish, or because the file is another one.
          if (isTerminal(before.state.name) && job.state.name !== before.state.name) {
            expect(['retried', 'changed']).toContain(event.type);
          }
          if (before.state.name === 'completed') expect(job.state).toBe(before.state);
          // Telling the same again changes nothing more than the first time did, where it ends a run.
          if (['canceled', 'paused', 'resumed', 'due', 'recovered'].includes(event.type)) {
            expect(transition(job, event, limits)).toBe(job);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
