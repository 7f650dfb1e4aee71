import { describe, expect, it } from 'vitest';
import { consequenceOf, type FailureCode, failure, failureCodes } from '#shared/failure.ts';
import { type FailureContext, outcomeOfFailure } from '../../electron/queue/consequence.ts';
import { jobIn, reservation } from './job-fixture.ts';

const context: FailureContext = {
  job: jobIn({ name: 'uploading', reservation }, { attempts: 2 }),
  now: 1000,
  random: () => 1,
  retryAfterMs: null,
  hasProgressed: false,
  resume: 'inspect',
};
const outcome = (code: FailureCode, patch: Partial<FailureContext> = {}) =>
  outcomeOfFailure(failure(code), { ...context, ...patch });

describe('what follows from a failure', () => {
  it('every code has the event of its consequence', () => {
    const eventOf = {
      retry: 'failed',
      block: 'refused',
      'block-destination': 'refused',
      hold: 'interrupted',
      fail: 'ended',
    } as const;
    for (const code of failureCodes) expect(outcome(code).event.type).toBe(eventOf[consequenceOf(code)]);
  });

  it.each([
    ['server-error', 'failing'],
    ['timeout', 'failing'],
    ['connection-broken', 'failing'],
    ['stalled', 'failing'],
    ['bad-answer', 'failing'],
    ['bad-request', 'none'],
    ['file-locked', 'none'],
    ['target-unreachable', 'none'],
    ['too-large', 'none'],
    ['file-missing', 'none'],
    ['flow-run-failed', 'none'],
    ['key-refused', 'blocked'],
    ['certificate', 'blocked'],
    ['no-credit', 'blocked'],
    ['unreachable', 'unreachable'],
    ['rate-limited', 'throttled'],
  ] as const)('%s tells the destination: %s', (code, kind) => {
    expect(outcome(code).news.kind).toBe(kind);
  });

  it.each([
    ['server-error', 'inspect'],
    ['key-refused', 'inspect'],
    ['asset-failed', 'renew'],
    ['signature-refused', 'anew'],
    ['clock-off', 'anew'],
    ['store-missing', 'anew'],
    ['too-large', 'anew'],
    ['flow-run-failed', 'anew'],
  ] as const)('after %s it goes on at: %s', (code, resume) => {
    expect(outcome(code).event).toMatchObject({ resume });
  });

  it('waits by the attempt that it costs, by Retry-After, and anew after progress', () => {
    expect(outcome('timeout').event).toMatchObject({ until: 1000 + 4000 });
    expect(outcome('timeout', { retryAfterMs: 100 }).event).toMatchObject({ until: 1000 + 110 });
    expect(outcome('timeout', { hasProgressed: true }).event).toMatchObject({
      until: 2000,
      hasProgressed: true,
    });
  });

  it('hands the Retry-After of a throttle on to the hold', () => {
    expect(outcome('rate-limited', { retryAfterMs: 7000 }).news).toMatchObject({ retryAfterMs: 7000 });
  });
});
