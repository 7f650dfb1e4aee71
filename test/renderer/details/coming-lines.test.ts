import { describe, expect, test } from 'vitest';
import { failure } from '#shared/failure.ts';
import type { JobState } from '#shared/job.ts';
import { comingSteps, currentLine } from '../../../renderer/uploads/details/coming-lines.ts';

const asset = {
  id: 'a',
  link: 'https://a',
  linkKind: 'url' as const,
  linkExpiresAt: null,
  hasFreshUrl: false,
  confirmedBytes: null,
  artifacts: [],
};
const refused = failure('key-refused');

describe('the line of this moment', () => {
  const free = { waitsFor: null, isGone: false };
  const job = (state: JobState, more = {}) => ({
    state,
    bytesSent: 30_800_000,
    bytesTotal: 48_200_000,
    bytesPerSecond: 3_400_000,
    ...more,
  });

  test.each<[JobState, string | null]>([
    [{ name: 'queued', step: 'reserve' }, 'Waiting for its turn'],
    [{ name: 'reserving' }, 'Reserving'],
    [{ name: 'inspecting' }, 'Asking what has arrived'],
    [{ name: 'uploading' }, 'Sending 30.8 of 48.2\u00a0MB'],
    [{ name: 'completing' }, 'Confirming'],
    [{ name: 'processing', pollAt: 0 }, 'The service is processing it'],
    [{ name: 'waiting', step: 'upload', until: 42, failure: null }, 'Goes on in'],
    [{ name: 'paused', step: 'upload' }, 'Paused'],
    [{ name: 'blocked', step: 'reserve', failure: refused }, null],
    [{ name: 'completed', asset }, null],
    [{ name: 'failed', failure: refused }, null],
    [{ name: 'canceled' }, null],
  ])('%j: %s', (state, title) => {
    expect(currentLine(job(state), free)?.title ?? null).toBe(title);
  });

  test.each<[JobState, string | null]>([
    [{ name: 'uploading' }, 'Stands still until Hoist runs again'],
    [{ name: 'waiting', step: 'upload', until: 42, failure: null }, 'Stands still until Hoist runs again'],
    [{ name: 'paused', step: 'upload' }, 'Paused'],
    [{ name: 'completed', asset }, null],
  ])('while the engine is gone, of %j: %s', (state, title) => {
    const line = currentLine(job(state), { ...free, isGone: true });
    expect(line?.title ?? null).toBe(title);
    expect(line ?? { share: null, until: null }).toMatchObject({ share: null, until: null });
  });

  test('bytes have their speed and share; what is heard has neither', () => {
    expect(currentLine(job({ name: 'uploading' }), free)).toMatchObject({
      mark: 'now',
      stage: 'Sending',
      aside: '3.4\u00a0MB/s',
      share: 63,
    });
  });

  test('all bytes sent are not all there', () => {
    expect(currentLine(job({ name: 'uploading' }, { bytesSent: 48_200_000 }), free)?.share).toBe(99);
    expect(currentLine(job({ name: 'uploading' }, { bytesSent: 0, bytesTotal: 0 }), free)?.share).toBe(0);
  });

  test('a wait says until when', () => {
    expect(
      currentLine(job({ name: 'waiting', step: 'reserve', until: 42, failure: null }), free)?.until,
    ).toBe(42);
  });

  test('a job in line says what it waits for', () => {
    const line = currentLine(job({ name: 'queued', step: 'upload' }), {
      ...free,
      waitsFor: 'everything is paused',
    });
    expect(line?.title).toBe('Waiting: everything is paused');
  });
});

test.each<[JobState, 'flora' | 'cyberun', readonly string[]]>([
  [{ name: 'queued', step: 'reserve' }, 'flora', ['Reserve', 'Send', 'Confirm', 'Ready']],
  [{ name: 'queued', step: 'upload' }, 'flora', ['Send', 'Confirm', 'Ready']],
  [{ name: 'queued', step: 'inspect' }, 'flora', ['Send', 'Confirm', 'Ready']],
  [{ name: 'inspecting' }, 'flora', ['Send', 'Confirm', 'Ready']],
  [{ name: 'waiting', step: 'complete', until: 0, failure: null }, 'flora', ['Confirm', 'Ready']],
  [{ name: 'paused', step: 'upload' }, 'cyberun', ['Send', 'Ready']],
  [{ name: 'blocked', step: 'reserve', failure: refused }, 'cyberun', ['Reserve', 'Send', 'Ready']],
  [{ name: 'reserving' }, 'flora', ['Send', 'Confirm', 'Ready']],
  [{ name: 'uploading' }, 'flora', ['Confirm', 'Ready']],
  [{ name: 'uploading' }, 'cyberun', ['Ready']],
  [{ name: 'completing' }, 'flora', ['Ready']],
  [{ name: 'processing', pollAt: 0 }, 'flora', ['Ready']],
  [{ name: 'completed', asset }, 'flora', []],
  [{ name: 'failed', failure: refused }, 'flora', []],
  [{ name: 'canceled' }, 'flora', []],
])('%j of %s: still to come %j', (state, kind, steps) => {
  expect(comingSteps({ state, kind })).toEqual(steps);
});
