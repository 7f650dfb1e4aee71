import { describe, expect, it } from 'vitest';
import { isTerminal, stateNames, statesOfTab, tabs } from '#shared/job.ts';
import { decide, decideGroup, type KnownJob } from '../../electron/storage/enqueuing.ts';
import { createJobRows, encodeEntry } from '../../electron/storage/job-row.ts';
import { nameKey, trigramQuery } from '../../electron/storage/name-key.ts';
import { allShelves, shelfOfState, shelvesOf, wantedStates } from '../../electron/storage/shelf.ts';
import { describeError } from '../../electron/storage/sqlite-error.ts';
import { decodeWatched } from '../../electron/storage/watched-rows.ts';
import { encodeWatched } from '../../electron/storage/watched-wire.ts';
import { newFile, watchFile } from './support/jobs.ts';

describe('the search text', () => {
  it.each([
    ['ab', null],
    ['😀a', null],
    ['abc', '"abc"'],
    ['abcd', '"abc" AND "bcd"'],
    ['aaaaa', '"aaa"'],
    ['a"b', '"a""b"'],
    ['😀ab', '"😀ab"'],
  ])('%j asks the index for %j', (text, expected) => {
    expect(trigramQuery(text)).toBe(expected);
  });

  it('is bounded, however long', () => {
    const long = Array.from({ length: 500 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('');
    expect(trigramQuery(long)?.split(' AND ')).toHaveLength(16);
  });

  it('is the same for both ways to write an accent, and for all cases', () => {
    expect(nameKey('A\u030a.JPG')).toBe(nameKey('å.jpg'));
  });
});

describe('settled files on their way to the writer', () => {
  const pairs = [
    { job: newFile('/w/a.jpg', { watchFolderId: 'f1' }), file: watchFile('a.jpg') },
    {
      job: newFile('/w/b.jpg', { watchFolderId: 'f1' }),
      file: watchFile('b.jpg', { mtimeNs: '7', inode: '1:2' }),
    },
    {
      job: newFile('/v/c.png', { mimeType: 'image/png' }, { isForced: true, entries: [] }),
      file: watchFile('c.png', { folderId: 'f2' }),
    },
  ];

  it('arrive as they went, jobs and rows', () => {
    const rows = createJobRows({ seal: () => new Uint8Array(), open: () => null });
    const arrived = encodeWatched(pairs).map(decodeWatched);
    expect(arrived.map(({ job }) => job)).toEqual(
      pairs.map(({ job }) => [rows.encodeNew(job), job.isForced, job.entries.map(encodeEntry)]),
    );
    expect(arrived.map(({ file }) => file)).toEqual(
      pairs.map(({ file }) => [
        file.folderId,
        file.relativePath,
        file.sizeBytes,
        file.mtimeNs,
        file.inode,
        'job',
        null,
        null,
        42,
      ]),
    );
  });

  it('say once what they have in common', () => {
    const [first, second, third] = encodeWatched(pairs).map(([shared]) => shared);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });
});

describe('shelves', () => {
  it('hold every state, and only running states together', () => {
    const alone = stateNames.filter((state) => shelfOfState[state] !== shelfOfState.uploading);
    expect(new Set(alone.map((state) => shelfOfState[state])).size).toBe(alone.length);
    expect(allShelves).toHaveLength(alone.length + 1);
  });

  it('need no look at the state for any tab', () => {
    for (const tab of tabs.filter((name) => name !== 'active')) {
      expect(shelvesOf(wantedStates({ tab })).mustCheckState).toBe(false);
    }
    expect(shelvesOf(wantedStates({ tab: 'active' })).mustCheckState).toBe(false);
    expect(shelvesOf(wantedStates({ states: ['uploading'] })).mustCheckState).toBe(true);
  });

  it('are none where tab and states exclude each other', () => {
    expect(shelvesOf(wantedStates({ tab: 'done', states: statesOfTab('failed') })).shelves).toEqual([]);
  });
});

describe('a file that is given', () => {
  const job = (overrides: Partial<KnownJob>): KnownJob => ({
    id: 1,
    state: 'queued',
    isSameVersion: true,
    generation: 1,
    groupId: null,
    linkExpiresAt: null,
    ...overrides,
  });

  it.each(stateNames)('meets the same version in %s', (state) => {
    const outcome = decide([job({ state })], false, 0).outcome;
    expect(outcome).toBe(state === 'completed' ? 'linked' : state === 'canceled' ? 'added' : 'joined');
  });

  it.each(stateNames)('meets another version in %s', (state) => {
    const outcome = decide([job({ state, isSameVersion: false })], false, 0).outcome;
    expect(outcome).toBe(isTerminal(state) && state !== 'failed' ? 'added' : 'changed');
  });

  it('prefers its own version to another, and the newer of two', () => {
    const known = [
      job({ id: 3, isSameVersion: false }),
      job({ id: 2, state: 'completed' }),
      job({ id: 1, state: 'failed' }),
    ];
    expect(decide(known, false, 0)).toEqual({ outcome: 'linked', id: 2 });
    expect(decide(known, true, 0)).toEqual({ outcome: 'added' });
  });
});

describe('the files of a flow run that are given', () => {
  const job = (id: number, groupId: string | null, overrides: Partial<KnownJob> = {}): KnownJob => ({
    id,
    state: 'failed',
    isSameVersion: true,
    generation: 1,
    groupId,
    linkExpiresAt: null,
    ...overrides,
  });
  const done = { state: 'completed', linkExpiresAt: 5 } as const;
  const canceled = { state: 'canceled' } as const;
  const other = { isSameVersion: false } as const;
  const added = ['added', 'added'];

  it.each<readonly [string, readonly (readonly KnownJob[])[], number, readonly string[]]>([
    ['nothing is known', [[], []], 0, added],
    ['all failed', [[job(1, 'g')], [job(2, 'g')]], 2, ['joined 1', 'joined 2']],
    ['one was canceled', [[job(1, 'g')], [job(2, 'g', canceled)]], 2, ['joined 1', 'joined 2']],
    ['one has changed', [[job(1, 'g')], [job(2, 'g', other)]], 2, ['joined 1', 'changed 2']],
    ['the canceled one has changed', [[job(1, 'g')], [job(2, 'g', { ...canceled, ...other })]], 2, added],
    ['all are up', [[job(1, 'g', done)], [job(2, 'g', done)]], 2, ['linked 1', 'linked 2']],
    ['one link is dead', [[job(1, 'g', done)], [job(2, 'g', { ...done, linkExpiresAt: 3 })]], 2, added],
    ['one is up', [[job(1, 'g', done)], [job(2, 'g')]], 2, added],
    ['they were of different runs', [[job(1, 'g')], [job(2, 'h')]], 2, added],
    ['they went alone', [[job(1, null)], [job(2, null)]], 2, added],
    ['their run has more files', [[job(1, 'g')], [job(2, 'g')]], 3, added],
    [
      'an older run has all of them',
      [[job(3, 'h'), job(1, 'g')], [job(2, 'g')]],
      2,
      ['joined 1', 'joined 2'],
    ],
  ])('where %s', (_, known, size, expected) => {
    const decisions = decideGroup(known, () => size, 4);
    expect(decisions.map((each) => ('id' in each ? `${each.outcome} ${each.id}` : each.outcome))).toEqual(
      expected,
    );
  });
});

describe('an error of SQLite', () => {
  const sqlite = (errcode: number) => Object.assign(new Error('said'), { errcode });
  it.each([
    ['full', 13, { code: 'disk-full', isFatal: false, isDamage: false }],
    ['no room for shared memory', 4874, { code: 'disk-full', isFatal: true }],
    ['input/output', 778, { code: 'data-dir-unusable', isFatal: true, isDamage: false }],
    ['only to be read', 8, { code: 'data-dir-unusable', isFatal: false, isDamage: false }],
    ['corrupt', 11, { code: 'queue-damaged', isFatal: true, isDamage: true }],
    ['corrupt index', 779, { code: 'queue-damaged', isFatal: true, isDamage: true }],
    ['no database', 26, { code: 'queue-damaged', isFatal: true, isDamage: true }],
    ['constraint', 2067, { code: 'internal', isFatal: false, isDamage: false }],
  ])('%s', (_, errcode, expected) => {
    expect(describeError(sqlite(errcode), '/')).toMatchObject(expected);
  });
  it('is not what another error is', () => {
    expect(describeError(new TypeError('oops'), '/')).toMatchObject({ code: 'internal', isFatal: false });
  });
});
