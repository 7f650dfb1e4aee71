import { expect, test } from 'vitest';
import { factsOf } from '../../../renderer/destinations/destination-facts.ts';
import { destinationView } from '../shell/views.ts';

const plain = (lines: ReturnType<typeof factsOf>) =>
  lines.map((parts) => parts.join(' · ').replaceAll('\u00a0', ' ').replaceAll('\u2060', ''));

test('what a destination is takes two lines, with a key or without', () => {
  const view = destinationView('own', { lanes: 1 });
  expect(plain(factsOf({ ...view, keyEnding: '4f2a' }))).toEqual([
    'Runflow · api.example.test',
    'key …4f2a · 1 file at once',
  ]);
  expect(plain(factsOf(view))[1]).toBe('key is set · 1 file at once');
  expect(plain(factsOf({ ...view, hasKey: false }))[1]).toBe('1 file at once');
});

test('of a demo destination its service and how many files at once are said', () => {
  expect(plain(factsOf(destinationView('demo-runflow', { isDemo: true })))).toEqual([
    'Runflow · 4 files at once',
  ]);
});
