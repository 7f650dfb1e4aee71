import { expect, test } from 'vitest';
import { scoreOf } from '../../../renderer/commands/match.ts';

const commands: readonly (readonly [name: string, ...beside: string[]])[] = [
  ['Destinations', 'Go to'],
  ['Settings', 'Go to', 'preferences options'],
  ['Add a destination…', 'Files'],
  ['Pause everything', 'Queue', 'stop'],
  ['Résumé_final.pdf'],
  ['one.png'],
];
const found = (search: string) =>
  commands
    .map(([name, ...beside]) => ({ name, score: scoreOf(search, [name, ...beside]) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ name }) => name);

test.for<readonly [search: string, names: readonly string[]]>([
  ['dest', ['Destinations', 'Add a destination…']],
  ['DEST', ['Destinations', 'Add a destination…']],
  ['one', ['one.png']],
  ['one.png', ['one.png']],
  ['add dest', ['Add a destination…']],
  ['dest add', ['Add a destination…']],
  ['preferences', ['Settings']],
  ['stop', ['Pause everything']],
  ['resume final', ['Résumé_final.pdf']],
  ['ever', ['Pause everything']],
  ['dsn', []],
  ['pause nothing', []],
])('"%s" finds %j', ([search, names]) => {
  expect(found(search)).toEqual(names);
});

test('nothing typed finds everything', () => {
  expect(found('  ')).toHaveLength(commands.length);
});
