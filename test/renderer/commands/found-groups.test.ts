import { expect, test } from 'vitest';
import { foundGroups } from '../../../renderer/commands/found-groups.ts';

const item = (...found: readonly string[]) => ({ found });
const groups = [
  { heading: 'Go to', items: [item('Links'), item('Settings', 'preferences')] },
  { heading: 'Files', items: [item('Add a destination…'), item('Add files…')] },
  { heading: 'Places', items: [item('demo-flora', 'destination'), item('Destinations')] },
];
const found = (search: string) =>
  foundGroups(groups, search).map(({ heading, items }) => [
    heading,
    ...items.map(({ found: [name] }) => name),
  ]);

test('nothing typed finds everything, in its order', () => {
  expect(foundGroups(groups, '')).toEqual(groups);
});

test('the likeliest comes first, and its group; groups without anything are gone', () => {
  expect(found('dest')).toEqual([
    ['Places', 'Destinations', 'demo-flora'],
    ['Files', 'Add a destination…'],
  ]);
  expect(found('preferences')).toEqual([['Go to', 'Settings']]);
  expect(found('nothing of it')).toEqual([]);
});
