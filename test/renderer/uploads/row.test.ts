import { describe, expect, test } from 'vitest';
import { failure } from '#shared/failure.ts';
import type { JobState, UploadJob } from '#shared/job.ts';
import { fitSecondLine } from '../../../renderer/uploads/row/fit-second-line.ts';
import { actionPlaces, actionsOf, cureOf, likelyActions } from '../../../renderer/uploads/row/row-actions.ts';
import { isCounting, rowProgress, type Surroundings } from '../../../renderer/uploads/row/row-progress.ts';
import { originOf, rowReason, typeOf } from '../../../renderer/uploads/row/row-words.ts';
import { stateLook } from '../../../renderer/uploads/row/state-look.ts';
import { takersOf, takersOfAll } from '../../../renderer/uploads/takers.ts';
import { demoDestination } from '../../support/fake-engine.ts';
import { asset, job } from './jobs.ts';

const free: Surroundings = { isQueuePaused: false, hold: null, isFolderGone: false, isEngineGone: false };
const hold = (kind: NonNullable<Surroundings['hold']>['kind'], until: number | null = null) => ({
  hold: { destinationId: 'd1', kind, until, failure: null },
});

describe('what the progress column says', () => {
  const cases: readonly [string, JobState, Partial<Surroundings>, string, string][] = [
    ['a free queue', { name: 'queued', step: 'reserve' }, {}, 'todo todo todo', 'waits for a free lane'],
    [
      'bytes that are there',
      { name: 'queued', step: 'complete' },
      {},
      'done done todo',
      'all bytes are there',
    ],
    [
      'a paused queue',
      { name: 'queued', step: 'upload' },
      { isQueuePaused: true },
      'done todo todo',
      'everything is paused',
    ],
    [
      'a rate limit',
      { name: 'queued', step: 'reserve' },
      hold('rate-limited', 43_000),
      'todo todo todo',
      'next try in 42\u00a0s',
    ],
    [
      'no network',
      { name: 'queued', step: 'reserve' },
      hold('unreachable'),
      'todo todo todo',
      'offline, resumes by itself',
    ],
    [
      'a blocked account',
      { name: 'queued', step: 'reserve' },
      hold('blocked'),
      'todo todo todo',
      'its destination needs you',
    ],
    [
      'a paused account',
      { name: 'queued', step: 'reserve' },
      hold('paused'),
      'todo todo todo',
      'its destination is paused',
    ],
    [
      'a full disk',
      { name: 'queued', step: 'reserve' },
      hold('disk-full'),
      'todo todo todo',
      'the disk is full',
    ],
    [
      'a folder that is gone',
      { name: 'queued', step: 'reserve' },
      { isFolderGone: true },
      'todo todo todo',
      'its folder is not there',
    ],
    ['reserving', { name: 'reserving' }, {}, 'now todo todo', 'asking for an upload link'],
    ['doubt', { name: 'inspecting' }, {}, 'done now todo', 'asking what arrived'],
    ['completing', { name: 'completing' }, {}, 'done done now', 'all bytes are there'],
    ['processing', { name: 'processing', pollAt: 5 }, {}, 'done done now', 'the service is processing it'],
    [
      'backing off',
      { name: 'waiting', step: 'upload', until: 13_000, failure: null },
      {},
      'done todo todo',
      'next try in 12\u00a0s',
    ],
    [
      'a pause over',
      { name: 'waiting', step: 'upload', until: 900, failure: null },
      {},
      'done todo todo',
      'next try any moment',
    ],
    [
      'backing off, offline',
      { name: 'waiting', step: 'upload', until: 13_000, failure: failure('unreachable') },
      {},
      'done todo todo',
      'offline, resumes by itself',
    ],
    ['a pause', { name: 'paused', step: 'upload' }, {}, 'done todo todo', 'paused'],
    [
      'a block after the step that comes next',
      { name: 'blocked', step: 'reserve', failure: failure('signature-refused') },
      {},
      'done warn todo',
      '',
    ],
    ['a block', { name: 'blocked', step: 'upload', failure: failure('too-large') }, {}, 'done warn todo', ''],
    ['a canceled job', { name: 'canceled' }, {}, '', ''],
  ];
  test.each(cases)('%s', (_name, state, around, marks, text) => {
    const progress = rowProgress(job({ state }), { ...free, ...around }, 1000);
    expect(progress).toEqual({ kind: 'marks', marks: marks === '' ? null : marks.split(' '), text });
  });

  test('a job that gave up says its tries, and its stage only where the failure tells it', () => {
    const failed = (code: 'server-error' | 'stalled') =>
      rowProgress(job({ attempts: 8, state: { name: 'failed', failure: failure(code) } }), free, 0);
    expect(failed('server-error')).toEqual({ kind: 'marks', marks: null, text: 'after 8 tries' });
    expect(failed('stalled')).toMatchObject({ marks: ['done', 'bad', 'todo'] });
  });

  test('a bar says share, speed and what is left; without a speed only the share, and 0 with a reason at rest', () => {
    const sending = { state: { name: 'uploading' }, bytesTotal: 1_000_000, bytesSent: 640_000 } as const;
    expect(rowProgress(job({ ...sending, bytesPerSecond: 120_000, remainingMs: 3000 }), free, 0)).toEqual({
      kind: 'bar',
      percent: 64,
      speed: '120\u00a0kB/s',
      rest: '3\u00a0s',
      why: null,
      text: '64 %, 120\u00a0kB/s, 3\u00a0s left',
    });
    expect(rowProgress(job(sending), free, 0)).toMatchObject({ speed: null, rest: null, text: '64 %' });
    const resting = job({ ...sending, bytesPerSecond: 0 });
    expect(rowProgress(resting, free, 0)).toMatchObject({
      speed: '0\u00a0B/s',
      rest: null,
      why: expect.stringContaining('by itself'),
    });
  });

  test('nothing counts and nothing moves while the engine is gone', () => {
    const gone = { ...free, isEngineGone: true };
    const shown = (state: JobState) =>
      rowProgress(job({ state, bytesSent: 500, bytesPerSecond: 9 }), gone, 0);
    const waiting: JobState = { name: 'waiting', step: 'upload', until: 13_000, failure: null };
    const still = 'stands still until Hoist runs';
    expect(shown(waiting)).toEqual({ kind: 'marks', marks: ['done', 'todo', 'todo'], text: still });
    expect(shown({ name: 'queued', step: 'reserve' })).toMatchObject({ text: still });
    expect(shown({ name: 'completing' })).toMatchObject({ marks: ['done', 'done', 'todo'], text: still });
    expect(shown({ name: 'uploading' })).toMatchObject({ percent: 50, speed: null, rest: null });
    expect(shown({ name: 'paused', step: 'upload' })).toMatchObject({ text: 'paused' });
    expect(isCounting(job({ state: waiting }), free)).toBe(true);
    expect(isCounting(job({ state: waiting }), gone)).toBe(false);
    expect(isCounting(job(), { ...gone, ...hold('rate-limited', 43_000) })).toBe(false);
  });

  test('what is done says how long it took', () => {
    const done = job({ state: { name: 'completed', asset: asset() }, completedAt: 9900 });
    expect(rowProgress(done, free, 0)).toMatchObject({
      marks: ['done', 'done', 'done'],
      text: 'took 9\u00a0s',
    });
    expect(rowProgress({ ...done, completedAt: done.addedAt + 62_000 }, free, 0)).toMatchObject({
      text: 'took 1\u00a0min\u00a02\u00a0s',
    });
  });
});

describe('the second line', () => {
  test('gives way to a reason wherever somebody has to know one', () => {
    const texts = (state: JobState) => rowReason(job({ state }))?.tone ?? null;
    expect(texts({ name: 'waiting', step: 'upload', until: 1, failure: null })).toBeNull();
    expect(texts({ name: 'waiting', step: 'upload', until: 1, failure: failure('timeout') })).toBe('neutral');
    expect(texts({ name: 'blocked', step: 'upload', failure: failure('too-large') })).toBe('warn');
    expect(texts({ name: 'failed', failure: failure('timeout') })).toBe('bad');
    expect(texts({ name: 'uploading' })).toBeNull();
  });

  test('keeps the own words of the service beside the sentence', () => {
    const state = { name: 'failed', failure: failure('rejected', 'EXIF is broken') } as const;
    expect(rowReason(job({ state }))).toMatchObject({
      text: expect.stringContaining('The service refused this file.'),
      detail: 'EXIF is broken',
    });
  });

  test.each([
    ['/home/me/Renders/a.png', 'a.png', '/home/me/Renders', 'Renders', 'Found in the watch folder Renders'],
    ['/home/me/Pictures/a.png', 'a.png', null, 'Pictures', 'Added by hand, from Pictures'],
    ['/data/inbox/1/a.png', 'a.png', null, 'Added by hand', null],
    ['/data/inbox/1/Pasted 2026-11-22 14.05.12.png', 'Pasted 2026-11-22 14.05.12.png', null, 'Pasted', null],
    ['/a.png', 'a.png', null, '/', 'Added by hand, from /'],
    ['a.png', 'a.png', null, 'Added by hand', null],
  ])('%s came from', (path, name, folderPath, text, whole) => {
    expect(originOf({ path, name }, { folderPath, dataDir: '/data' })).toEqual({
      text,
      isFolder: whole !== null,
      isWatched: folderPath !== null,
      whole: whole ?? text,
    });
  });

  describe('says as much as it has room for', () => {
    const letters = (text: string) => text.length * 7;
    const renewed = { long: 'link renewed once', short: 'renewed' };
    const plain = { origin: 'Renders', isFolder: true, target: 'demo-flora', size: null, renewed: null };
    const fitted = (parts: Partial<Parameters<typeof fitSecondLine>[0]>, width: number) =>
      fitSecondLine({ ...plain, ...parts }, width, letters);

    test.each([
      ['all of it', { size: '174\u00a0kB', renewed }, 400, [49, true, 'link renewed once']],
      ['a renewal in short', { size: '174\u00a0kB', renewed }, 300, [49, true, 'renewed']],
      ['not where it came from', { size: '174\u00a0kB', renewed }, 200, [null, true, 'renewed']],
      ['no size', { size: '174\u00a0kB', renewed }, 150, [null, false, 'renewed']],
      ['where it came from and goes', {}, 160, [49, false, null]],
      [
        'nothing that is cut',
        { origin: 'Added by hand', isFolder: false, size: '174\u00a0kB' },
        198,
        [null, true, null],
      ],
      ['a long origin that is cut a little', { origin: 'x'.repeat(40) }, 220, [96, false, null]],
    ] as const)('%s', (_, parts, width, [originLeast, hasSize, chip]) => {
      expect(fitted(parts, width)).toMatchObject({ originLeast, hasSize, renewed: chip });
    });

    test('and never gives up less where there is more', () => {
      const parts = { size: '174\u00a0kB', renewed };
      const said = Array.from({ length: 500 }, (_, width) => {
        const { originLeast, hasSign, hasSize, renewed: chip } = fitted(parts, width);
        return Number(originLeast !== null) + Number(hasSign) + Number(hasSize) + (chip?.length ?? 0) / 100;
      });
      expect(said).toEqual(said.toSorted((a, b) => a - b));
    });
  });

  test('a type is read off the name', () => {
    expect(['a.tar.gz', 'b.JPEG', 'noending', '.hidden'].map(typeOf)).toEqual(['GZ', 'JPEG', '', '']);
  });
});

test('a link that ran out is news; one that the service renews is not', () => {
  const look = (overrides: Parameters<typeof asset>[0]) =>
    stateLook({ state: { name: 'completed', asset: asset(overrides) } }, 1000, false).word;
  expect(look({})).toBe('Ready');
  expect(look({ linkExpiresAt: 1000 })).toBe('Link expired');
  expect(look({ linkExpiresAt: 1001 })).toBe('Ready');
  expect(look({ linkExpiresAt: 1000, hasFreshUrl: true })).toBe('Ready');
});

test('what an engine was doing that is gone nobody can tell; what ended or waits is as it was', () => {
  const look = (state: JobState) => stateLook({ state }, 0, true).word;
  expect(look({ name: 'uploading' })).toBe('Not known');
  expect(look({ name: 'processing', pollAt: 1 })).toBe('Not known');
  expect(look({ name: 'queued', step: 'reserve' })).toBe('Waiting');
  expect(look({ name: 'completed', asset: asset() })).toBe('Ready');
});

describe('what can be done with a row', () => {
  const host = { canShowInFolder: false };
  const blocked = (code: 'key-refused' | 'too-large') =>
    job({ state: { name: 'blocked', step: 'reserve', failure: failure(code) } });

  test('what is done can be copied, opened and removed, and not be paused', () => {
    const done = job({ state: { name: 'completed', asset: asset() } });
    expect(actionsOf(done, host)).toEqual(['copy', 'copy-as', 'open', 'details', 'explain', 'remove']);
    expect(actionsOf(done, { canShowInFolder: true })).toContain('show-in-folder');
    expect(likelyActions(done, false)).toEqual(['copy', 'open']);
  });

  test('a key is not opened', () => {
    const done = job({ state: { name: 'completed', asset: asset({ linkKind: 'key' }) } });
    expect(likelyActions(done, false)).toEqual(['copy']);
    expect(actionsOf(done, host)).not.toContain('open');
  });

  test('an action stands in one column, whatever stands beside it', () => {
    const done = (linkKind: 'url' | 'key') =>
      job({ state: { name: 'completed', asset: asset({ linkKind }) } });
    expect(actionPlaces(done('url'), false)).toEqual(['copy', 'open']);
    expect(actionPlaces(done('key'), false)).toEqual(['copy', null]);
    expect(actionPlaces(job({ state: { name: 'uploading' } }), false)).toEqual([null, 'pause']);
    expect(actionPlaces(job(), false)).toEqual(['move-to-top', 'pause']);
    expect(actionPlaces(blocked('key-refused'), true)).toEqual(['open-destination', 'retry']);
    expect(actionPlaces(blocked('too-large'), true)).toEqual([null, 'send-to']);
    expect(actionPlaces(job({ state: { name: 'completing' } }), false)).toEqual([null, null]);
  });

  test('who has to act is led there', () => {
    expect(likelyActions(blocked('key-refused'), true)).toEqual(['retry', 'open-destination']);
    expect(actionsOf(blocked('too-large'), host)).toContain('send-to');
    expect(likelyActions(blocked('too-large'), true)).toEqual(['send-to']);
    expect(likelyActions(blocked('too-large'), false)).toEqual(['retry']);
    expect(actionsOf(blocked('key-refused'), host)).not.toContain('send-to');
  });

  test('another destination is offered where nothing is known against the file there', () => {
    const to = (id: string, kind: 'flora' | 'runflow') => ({
      destination: { ...demoDestination(kind), id, isDemo: false },
      hasKey: true,
      keyEnding: null,
      hold: null,
      mimeTypes: null,
    });
    const limits = { minBytes: null, maxBytes: null, mimeTypes: null };
    const live = {
      destinations: [to('d1', 'flora'), to('d2', 'runflow'), to('d3', 'flora')],
      kinds: [
        { kind: 'runflow' as const, needsKey: true, baseUrl: '', limits: { ...limits, maxBytes: 999 } },
      ],
    };
    const takers = (bytesTotal: number) =>
      takersOf(job({ bytesTotal }), live).map(({ destination }) => destination.id);
    expect(takers(999)).toEqual(['d2', 'd3']);
    expect(takers(1000)).toEqual(['d3']);
    expect(takersOf(job(), { ...live, destinations: [to('d1', 'flora')] })).toEqual([]);
    const refused = (bytesTotal: number) =>
      job({ bytesTotal, state: { name: 'failed', failure: failure('too-large') } });
    const takersOfThese = (...jobs: readonly UploadJob[]) =>
      takersOfAll(jobs, live).map(({ destination }) => destination.id);
    expect(takersOfThese(refused(999), refused(1))).toEqual(['d2', 'd3']);
    expect(takersOfThese(refused(999), refused(1000))).toEqual(['d3']);
    expect(takersOfThese(refused(999), { ...refused(999), destinationId: 'd3' })).toEqual(['d2']);
    expect(takersOfThese(refused(999), job({ state: { name: 'canceled' } }))).toEqual([]);
    expect(takersOfThese()).toEqual([]);
  });

  test('what cures a row is one action, and only where it came to rest with a reason', () => {
    const cure = (state: JobState, hasTaker = true) => cureOf(job({ state }), hasTaker);
    expect(cure({ name: 'failed', failure: failure('timeout') })).toBe('retry');
    expect(cure({ name: 'blocked', step: 'reserve', failure: failure('too-large') })).toBe('send-to');
    expect(cure({ name: 'blocked', step: 'reserve', failure: failure('too-large') }, false)).toBe('retry');
    expect(cure({ name: 'waiting', step: 'upload', until: 1, failure: failure('timeout') })).toBeNull();
    expect(cure({ name: 'canceled' })).toBeNull();
  });

  test('no state has more than two likely actions, and each is among all', () => {
    const states: readonly JobState[] = [
      { name: 'queued', step: 'reserve' },
      { name: 'uploading' },
      { name: 'completing' },
      { name: 'waiting', step: 'upload', until: 1, failure: null },
      { name: 'paused', step: 'upload' },
      { name: 'failed', failure: failure('timeout') },
      { name: 'canceled' },
    ];
    for (const state of states) {
      const likely = likelyActions(job({ state }), true);
      expect(likely.length).toBeLessThanOrEqual(2);
      expect(actionPlaces(job({ state }), true).filter((action) => action !== null)).toHaveLength(
        likely.length,
      );
      expect(actionsOf(job({ state }), host)).toEqual(expect.arrayContaining([...likely]));
    }
  });
});
