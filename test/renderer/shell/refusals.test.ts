import { expect, test } from 'vitest';
import type { DestinationHold, KindDescription } from '#shared/ipc.ts';
import { draggedOf } from '../../../renderer/shell/drop/dragged.ts';
import { placeOf, waitOf, warningOf } from '../../../renderer/shell/drop/place.ts';
import { judgeFiles, limitsOf, refusalOf, refusedTypes } from '../../../renderer/shell/drop/refusals.ts';
import { timeOfDay } from '../../../renderer/words/times.ts';
import { destinationView } from './views.ts';

type Limits = KindDescription['limits'];
const limits = (more: Partial<Limits> = {}): Limits => ({
  minBytes: null,
  maxBytes: null,
  mimeTypes: null,
  ...more,
});
const kinds = (of: KindDescription['kind'], more: Partial<Limits>): readonly KindDescription[] => [
  { kind: of, needsKey: true, baseUrl: 'https://api.example.test', limits: limits(more) },
];
const file = (name: string, size: number) => ({ name, size });

test.for<readonly [types: readonly string[], known: readonly string[] | null, refused: readonly string[]]>([
  [['image/png', 'image/tiff', 'image/tiff'], ['image/png'], ['image/tiff']],
  [['image/png', 'video/mp4'], ['image/*'], ['video/mp4']],
  [['image/png'], ['IMAGE/PNG'], []],
  [['image/png'], ['*'], []],
  [['image/png'], null, []],
  [['', 'image/png'], [], ['image/png']],
  [['imagex/png'], ['image/*'], ['imagex/png']],
])('of %j, where %j is taken, %j is not', ([types, mimeTypes, refused]) => {
  expect(refusedTypes(types, limits({ mimeTypes }))).toEqual(refused);
});

test.for<readonly [size: number, code: string | undefined]>([
  [0, 'empty-file'],
  [1, undefined],
  [100, undefined],
  [101, 'too-large'],
])('%d bytes between 1 and 100: %s', ([size, code]) => {
  expect(refusalOf(file('a', size), limits({ minBytes: 1, maxBytes: 100 }))?.code).toBe(code);
});

test('files are parted into those that are taken and those that are not, the commonest reason first', () => {
  const files = [file('a', 5), file('empty', 0), file('b', 500), file('c', 600), file('d', 7)];
  const { taken, refusals } = judgeFiles(files, limits({ minBytes: 1, maxBytes: 100 }));
  expect(taken.map(({ name }) => name)).toEqual(['a', 'd']);
  expect(
    refusals.map(({ failure, files: count, example }) => [
      failure.code,
      failure.facts.limitBytes,
      count,
      example,
    ]),
  ).toEqual([
    ['too-large', 100, 2, 'b'],
    ['empty-file', undefined, 1, 'empty'],
  ]);
});

test("a Cyberun's own limit counts, and a service that nothing is known of takes all", () => {
  const cyberun = destinationView('lab', { kind: 'cyberun', maxSizeBytes: 700 });
  expect(limitsOf(cyberun, kinds('cyberun', { maxBytes: 500 })).maxBytes).toBe(700);
  expect(limitsOf(cyberun, []).maxBytes).toBe(700);
  expect(limitsOf(destinationView('Products'), [])).toEqual(limits());
});

test('what a service said of its types counts, and a file is judged by its name', () => {
  const asked = { ...destinationView('Products'), mimeTypes: ['image/png', 'application/zip'] };
  const known = limitsOf(asked, kinds('runflow', { maxBytes: 9 }));
  expect(known).toEqual(limits({ maxBytes: 9, mimeTypes: ['image/png', 'application/zip'] }));
  const { taken, refusals } = judgeFiles(
    [file('a.PNG', 1), file('b.zip', 1), file('c.tiff', 1), file('d.of-no-known-type', 1)],
    known,
  );
  expect(taken.map(({ name }) => name)).toEqual(['a.PNG', 'b.zip', 'd.of-no-known-type']);
  expect(refusals).toMatchObject([{ failure: { code: 'type-refused', facts: { type: 'image/tiff' } } }]);
  expect(warningOf(asked, ['image/tiff'], [], false)).toBe(
    'Runflow does not take TIFF images. They wait until you send them elsewhere.',
  );
});

test('a place is named by its service, but not twice', () => {
  expect(placeOf(destinationView('Products'))).toBe('Runflow · Products');
  expect(placeOf(destinationView('demo-runflow'))).toBe('demo-runflow');
});

test('what a person should know before they let go', () => {
  const view = destinationView('Products');
  const held = (kind: DestinationHold['kind'], until: number | null = null) => ({
    ...view,
    hold: { destinationId: 'Products', kind, until, failure: null },
  });
  const png = kinds('runflow', { mimeTypes: ['image/png'] });
  expect(warningOf(view, ['image/png'], png, false)).toBeNull();
  expect(warningOf(view, ['image/tiff'], png, true)).toBe(
    'Runflow does not take TIFF images. They wait until you send them elsewhere.',
  );
  expect(warningOf(held('blocked'), [], png, false)).toMatch(/needs you/);
  expect(warningOf(held('paused'), [], png, false)).toMatch(/is paused/);
  const at = new Date(2026, 10, 22, 19, 40).getTime();
  expect(warningOf(held('rate-limited', at), [], png, false)).toContain(`wait until ${timeOfDay(at)}.`);
  expect(warningOf(held('rate-limited'), [], png, false)).toMatch(/slow down\. Files wait until it goes on/);
  expect(warningOf(held('unreachable', at), [], png, false)).toMatch(/Cannot be reached/);
  expect(warningOf(held('disk-full'), [], png, false)).toMatch(/disk is full/);
  expect(warningOf({ ...view, hasKey: false }, [], png, false)).toMatch(/no key yet/);
  expect(waitOf(held('rate-limited'), true)).toMatch(/Everything is paused/);
  expect(waitOf(view, false)).toBeNull();
  expect(warningOf(view, [], png, true)).toMatch(/Everything is paused/);
});

test('what is dragged is counted where the browser says it', () => {
  const item = (kind: string, type: string) => ({ kind, type });
  expect(draggedOf([item('file', 'image/png'), item('file', ''), item('string', 'text/plain')])).toEqual({
    count: 2,
    types: ['image/png'],
  });
  expect(draggedOf([])).toEqual({ count: null, types: [] });
});
