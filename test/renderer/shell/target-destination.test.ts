import { expect, test } from 'vitest';
import type { DestinationView } from '#shared/ipc.ts';
import { settingsSchema } from '#shared/settings.ts';
import { offeredDestinations, targetDestination } from '../../../renderer/uploads/target-destination.ts';
import { destinationView } from './views.ts';

const demos = [
  destinationView('demo-runflow', { isDemo: true }),
  destinationView('demo-flora', { isDemo: true, kind: 'flora', workspaceId: 'ws_demo' }),
];
const products = destinationView('products');
const archive = destinationView('archive');

interface Case {
  readonly what: string;
  readonly destinations: readonly DestinationView[];
  readonly chosen?: string;
  readonly last?: string;
  readonly expected: string | null;
}

const cases: readonly Case[] = [
  { what: 'nothing is known yet', destinations: [], expected: null },
  { what: 'only the demo service', destinations: demos, expected: 'demo-flora' },
  { what: 'the demo one used last', destinations: demos, last: 'demo-runflow', expected: 'demo-runflow' },
  { what: 'the only own one', destinations: [...demos, products], expected: 'products' },
  {
    what: 'the only own one, although the demo was used last',
    destinations: [...demos, products],
    last: 'demo-flora',
    expected: 'products',
  },
  { what: 'the one used last', destinations: [products, archive], last: 'archive', expected: 'archive' },
  {
    what: 'several own ones, the demo used last',
    destinations: [...demos, products, archive],
    last: 'demo-flora',
    expected: 'products',
  },
  {
    what: 'one that is gone was used last',
    destinations: [products, archive],
    last: 'x',
    expected: 'products',
  },
  {
    what: 'the default of the settings',
    destinations: [products, archive],
    chosen: 'archive',
    last: 'products',
    expected: 'archive',
  },
  { what: 'a default that is gone', destinations: [products], chosen: 'x', expected: 'products' },
  {
    what: 'a demo one as the default',
    destinations: [...demos, products],
    chosen: 'demo-runflow',
    expected: 'demo-runflow',
  },
];

test.for(cases)('files go to $expected: $what', ({ destinations, chosen = null, last = null, expected }) => {
  const settings = { ...settingsSchema.parse({}), defaultDestinationId: chosen };
  expect(targetDestination({ destinations, settings }, last)?.destination.id ?? null).toBe(expected);
});

test('demo destinations are offered only while there are no own ones', () => {
  expect(offeredDestinations({ destinations: demos })).toEqual(demos);
  expect(offeredDestinations({ destinations: [...demos, products, archive] })).toEqual([products, archive]);
});
