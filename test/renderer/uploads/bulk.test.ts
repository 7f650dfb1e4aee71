import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bulkOffers, mayNeedOtherPlace, sayReport } from '../../../renderer/uploads/bulk/bulk.ts';
import { fitOffers } from '../../../renderer/uploads/bulk/fit-offers.ts';
import { covers, coversAll, filterOfChosen } from '../../../renderer/uploads/chosen.ts';
import { matches } from '../../../renderer/uploads/matches.ts';
import { graphPoints } from '../../../renderer/uploads/overall/graph-path.ts';
import { overallOf } from '../../../renderer/uploads/overall/overall.ts';
import {
  countedFilters,
  everythingSelected,
  extend,
  isEmpty,
  isSelected,
  nothingSelected,
  selectOnly,
  subtractCounts,
  toggle,
} from '../../../renderer/uploads/selection.ts';
import { asset, counts, job } from './jobs.ts';

const ready = { name: 'completed', asset: asset() } as const;

describe('a selection', () => {
  test('of all knows only what is left out', () => {
    const but = toggle(toggle(everythingSelected, 7), 8);
    expect([6, 7, 8].map((id) => isSelected(but, id))).toEqual([true, false, false]);
    expect(isSelected(toggle(but, 7), 7)).toBe(true);
    expect(extend(but, [7, 8])).toEqual(everythingSelected);
    expect(countedFilters(but, { tab: 'done' })).toEqual({
      plus: { tab: 'done' },
      minus: { tab: 'done', ids: [7, 8] },
    });
    expect(isEmpty(but)).toBe(false);
  });

  test('of some knows them', () => {
    const some = toggle(toggle(nothingSelected, 1), 2);
    expect(countedFilters(some, { tab: 'done' })).toEqual({ plus: { ids: [1, 2] }, minus: null });
    expect(isEmpty(toggle(selectOnly([3]), 3))).toBe(true);
  });

  test('is asked for in one filter', () => {
    const filter = { search: 'a' };
    expect(filterOfChosen({ selection: everythingSelected, filter })).toEqual(filter);
    expect(filterOfChosen({ selection: toggle(everythingSelected, 2), filter })).toEqual({
      search: 'a',
      exceptIds: [2],
    });
    expect(filterOfChosen({ selection: selectOnly([4]), filter })).toEqual({ ids: [4] });
    const ended = { unchangedSince: 500, states: ['completed', 'failed'] } as const;
    expect(filterOfChosen({ selection: selectOnly([4]), filter, ...ended })).toEqual({ ids: [4], ...ended });
    const ofFailed = { ...filter, states: ['failed', 'blocked'] } as const;
    expect(filterOfChosen({ selection: everythingSelected, filter: ofFailed, ...ended })).toEqual({
      search: 'a',
      unchangedSince: 500,
      states: ['failed'],
    });
  });

  test.each([
    ['what came to its end afterwards', { state: ready, updatedAt: 501 }, false],
    ['what is still on its way', { state: { name: 'uploading' }, updatedAt: 400 }, false],
    ['what was at its end then', { state: ready, updatedAt: 500 }, true],
  ] as const)('of what is removed later covers %s: %s %s', (_, known, isMeant) => {
    const bounds = { unchangedSince: 500, states: ['completed'] } as const;
    for (const selection of [selectOnly([1]), toggle(everythingSelected, 2)]) {
      const chosen = { selection, filter: {}, ...bounds };
      expect(covers(chosen, job(known))).toBe(isMeant);
      expect(matches(filterOfChosen(chosen), job(known))).toBe(isMeant);
      expect(covers(chosen, job({ ...known, id: 2 }))).toBe(false);
    }
  });

  test('of all covers what its filter holds, and a narrower list whole', () => {
    const chosen = { selection: everythingSelected, filter: { tab: 'done' as const } };
    expect(covers(chosen, job())).toBe(false);
    expect(coversAll(chosen, { tab: 'done', search: 'x' })).toBe(true);
    expect(coversAll(chosen, { tab: 'failed' })).toBe(false);
    const ofToday = { ...chosen, filter: { ...chosen.filter, completedAfter: 5 } };
    expect(coversAll(ofToday, { tab: 'done', completedAfter: 5 })).toBe(true);
    expect(coversAll(ofToday, { tab: 'done' })).toBe(false);
    expect(coversAll({ ...chosen, selection: toggle(everythingSelected, 1) }, { tab: 'done' })).toBe(false);
  });
});

describe('what can be done with many', () => {
  test('says with how many, and why not with the others', () => {
    const offers = bulkOffers(counts({ failed: 6, blocked: 1, completed: 3, uploading: 2 }));
    const retry = offers.find(({ action }) => action === 'retry');
    expect(retry).toEqual({
      action: 'retry',
      count: 7,
      label: 'Retry 7 of 12',
      leftOut: {
        brief: 'Retry leaves out 5: 2\u00a0sending, 3\u00a0ready',
        whole:
          'Retry leaves out 5: 2\u00a0sending, 3\u00a0ready. Only files that failed, were canceled or need you can be tried again.',
      },
    });
  });

  test('counts the two kinds of waiting as one', () => {
    const [pause, , copy] = ['pause', 'cancel', 'copy'].map((name) =>
      bulkOffers(counts({ queued: 2, waiting: 3, completed: 1 })).find(({ action }) => action === name),
    );
    expect(pause?.label).toBe('Pause 5 of 6');
    expect(copy?.leftOut?.brief).toBe('Copy links leaves out 5: 5\u00a0waiting');
  });

  test('offers only what does something', () => {
    expect(bulkOffers(counts({ completed: 2 })).map(({ label }) => label)).toEqual([
      'Copy links 2',
      'Remove 2',
    ]);
    expect(bulkOffers(counts({ completed: 1 })).map(({ label }) => label)).toEqual(['Copy link', 'Remove']);
    expect(bulkOffers(counts({}))).toEqual([]);
  });

  test('looks for another destination only where all came to rest with a reason', () => {
    expect(mayNeedOtherPlace(counts({ blocked: 2, failed: 1 }))).toBe(true);
    expect(mayNeedOtherPlace(counts({ blocked: 2, canceled: 1 }))).toBe(false);
    expect(mayNeedOtherPlace(counts({ failed: 101 }))).toBe(false);
    expect(mayNeedOtherPlace(counts({}))).toBe(false);
  });

  test('says what it did and what it left alone', () => {
    expect(sayReport('retry', { applied: 3, left: [{ reason: 'running', count: 3 }] })).toEqual({
      title: '3 files will be tried again',
      text: '3 left alone: running.',
    });
    expect(sayReport('pause', { applied: 0, left: [] }).title).toBe('Nothing was changed');
  });

  test('counts of what is left out are taken off', () => {
    const left = subtractCounts(counts({ failed: 5, completed: 1 }), counts({ failed: 2 }));
    expect([left.all, left.byState.failed, left.byTab.failed, left.byState.completed]).toEqual([4, 3, 3, 1]);
  });
});

describe('all together', () => {
  const still = { bytesPerSecond: 0, bytesRemaining: 0, filesRemaining: 0, remainingMs: null };

  test('is not shown when nothing moves or waits', () => {
    const open = counts({ failed: 3, blocked: 1 });
    expect(overallOf({ open, doneToday: counts({ completed: 5 }), held: [] }, still)).toBeNull();
  });

  test('counts what goes by itself and what was done today, and names the rest beside it', () => {
    const overall = overallOf(
      {
        open: counts(
          { uploading: 2, queued: 3, failed: 1, blocked: 2 },
          { bytesTotal: 90_000_000, bytesRemaining: 3_800_000 },
        ),
        doneToday: counts({ completed: 4 }, { bytesTotal: 1_000_000 }),
        held: [],
      },
      { ...still, bytesPerSecond: 6_100_000, bytesRemaining: 3_400_000, remainingMs: 540_000 },
    );
    expect(overall).toMatchObject({
      counts: { done: 4, active: 2, waiting: 3 },
      files: '4 of 9 files',
      bytes: '1.4 of 4.8\u00a0MB',
      speed: '6.1\u00a0MB/s',
      rest: 'about 9\u00a0min left',
      legend: '4 done today, 2 on the way, 3 waiting',
      notCounted: { whole: 'not counted: 2 need you, 1 failed', brief: '+ 3 with trouble' },
    });
  });

  test('says of a time left what waits beside it', () => {
    const waits = (waiting: number, ...held: readonly ReturnType<typeof counts>[]) =>
      overallOf(
        { open: counts({ uploading: 1, waiting }), doneToday: counts({}), held },
        { ...still, bytesPerSecond: 1000, remainingMs: 40_000 },
      )?.waits;
    // Two that would go stand behind a destination that is held; of three that are to be tried again one is its.
    expect(waits(3, counts({ queued: 2, waiting: 1, completed: 9 }))).toBe('and 5 wait longer');
    expect([0, 1, 2].map((waiting) => waits(waiting))).toEqual([
      null,
      'and 1 waits longer',
      'and 2 wait longer',
    ]);
  });

  test('is whole when all that goes by itself is done', () => {
    const nearly = { queued: 1, failed: 5 };
    const overall = overallOf(
      {
        open: counts(nearly, { bytesTotal: 900, bytesRemaining: 0 }),
        doneToday: counts({ completed: 3 }, { bytesTotal: 500 }),
        held: [],
      },
      still,
    );
    expect(overall).toMatchObject({ files: '3 of 4 files', bytes: '500 of 500\u00a0B' });
  });

  test('a graph ends now, and its top is the most that was', () => {
    expect(graphPoints([5], 10, 90, 30)).toEqual([]);
    expect(graphPoints([0, 10, 5], 10, 90, 31)).toEqual([
      [70, 31],
      [80, 1],
      [90, 16],
    ]);
  });
});

describe('the bar of a selection', () => {
  const labels = ['Retry 2 of 14', 'Copy links 12 of 14', 'Cancel 2 of 14', 'Remove 12 of 14'];
  const letters = (text: string) => text.length * 7;

  test.each([
    [1164, labels, 4, false],
    [864, labels, 4, false],
    [664, labels, 3, true],
    [426, labels, 1, true],
    [200, labels, 0, true],
    [0, labels, 0, true],
    [864, [...labels, 'Pause'], 4, true],
    [864, [], 0, false],
  ])('%i px wide has room for %j: %i', (width, given, offers, hasMenu) => {
    expect(fitOffers('14 selected', given, false, width, letters)).toMatchObject({ offers, hasMenu });
  });

  test('gives up buttons, all but the first, for why some files are left out', () => {
    const given = ['Retry 3 of 16', 'Copy 4 links', 'Cancel 9 of 16'];
    const at = (width: number, hasWhy = true) => fitOffers('16 selected', given, hasWhy, width, letters);
    const wide = at(2000);
    expect(wide.offers).toBe(3);
    for (let width = 2000; width > 230; width--) {
      const { offers, whyWidth } = at(width);
      const other = at(width, false);
      expect(offers).toBeGreaterThanOrEqual(Math.min(1, other.offers));
      // Given up for nothing would be wrong.
      if (whyWidth === null) expect(offers).toBe(other.offers);
      else expect(whyWidth).toBeGreaterThanOrEqual(140);
    }
    const tight = Array.from({ length: 2000 }, (_, width) => width).find(
      (width) => at(width, false).offers === 3 && at(width, false).whyWidth === null,
    );
    expect(at(tight ?? 0)).toMatchObject({ offers: 2, hasMenu: true });
  });

  test('is never wider than its list, however large the counts are', () => {
    const count = fc.integer({ min: 1, max: 1_000_000 });
    const label = fc.tuple(fc.constantFrom('Retry', 'Copy links', 'Remove'), count, count);
    fc.assert(
      fc.property(
        count,
        fc.array(label, { maxLength: 6 }),
        fc.boolean(),
        fc.integer({ min: 230, max: 4000 }),
        (all, of, hasWhy, width) => {
          const given = of.map(([word, some, most]) => `${word} ${some} of ${most}`);
          const said = `${all} selected`;
          const { offers, hasMenu, whyWidth } = fitOffers(said, given, hasWhy, width, letters);
          const buttons = given.slice(0, offers).reduce((sum, text) => sum + 8 + 45 + letters(text), 0);
          const words = Math.max(letters(said), whyWidth ?? 0);
          expect(22 + words + buttons + (hasMenu ? 36 : 0) + 36).toBeLessThanOrEqual(width);
          expect(hasMenu).toBe(offers < given.length);
        },
      ),
    );
  });
});
