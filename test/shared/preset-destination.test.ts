import { expect, test } from 'vitest';
import type { DestinationView } from '#shared/ipc.ts';
import { presetDestination } from '#shared/preset-destination.ts';

const view = (id: string, isDemo = false) => ({ destination: { id, isDemo } }) as unknown as DestinationView;
const demos = [view('demo-a', true), view('demo-b', true)];

test.each<[string, readonly DestinationView[], string | null, string | null]>([
  ['nothing', [], null, null],
  ['the demo service only', demos, null, null],
  ['the one of their own', [...demos, view('a')], null, 'a'],
  ['several of their own', [view('a'), view('b')], null, null],
  ['a default among several', [view('a'), view('b')], 'b', 'b'],
  ['a default of the demo service', [...demos, view('a')], 'demo-b', 'demo-b'],
  ['a default that is gone', [view('a')], 'gone', 'a'],
])('%s', (_name, views, defaultDestinationId, id) => {
  expect(presetDestination(views, { defaultDestinationId })?.destination.id ?? null).toBe(id);
});

test('settings that are not known yet choose nothing', () => {
  expect(presetDestination([view('a'), view('b')], null)).toBeNull();
});
