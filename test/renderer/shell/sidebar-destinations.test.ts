import { expect, test } from 'vitest';
import type { DestinationView } from '#shared/ipc.ts';
import { inDoubt, listed } from '../../../renderer/shell/sidebar-destinations.ts';
import { destinationView } from './views.ts';

const own = destinationView('own');
const demo = destinationView('demo-runflow', { isDemo: true });
const held: DestinationView = {
  ...destinationView('demo-cyberun', { isDemo: true }),
  hold: { destinationId: 'demo-cyberun', kind: 'paused', until: null, failure: null },
};
const namesOf = (views: readonly DestinationView[]) => views.map(({ destination }) => destination.name);
const nobody = new Set<string>();

test('the demo destinations are listed until somebody has one of their own', () => {
  expect(namesOf(listed([demo, held], nobody))).toEqual(['demo-runflow', 'demo-cyberun']);
  expect(inDoubt([demo, held])).toEqual([]);
});

test('then only those that are held, and those whose files need somebody or failed', () => {
  const all = [own, demo, held];
  expect(inDoubt(all)).toEqual(['demo-runflow']);
  expect(namesOf(listed(all, nobody))).toEqual(['own', 'demo-cyberun']);
  expect(namesOf(listed(all, new Set(['demo-runflow'])))).toEqual(['own', 'demo-runflow', 'demo-cyberun']);
});
