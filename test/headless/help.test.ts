import { afterEach, expect, test } from 'vitest';
import { templateWords } from '#shared/asset.ts';
import { openTerminal, type Terminal } from './support.ts';

const open: Terminal[] = [];
afterEach(async () => {
  for (const terminal of open.splice(0)) await terminal.close();
});

async function helpOf(words: readonly string[]): Promise<string> {
  const terminal = await openTerminal();
  open.push(terminal);
  expect(await terminal.hoist(...words, '--help')).toBe(0);
  return terminal.out();
}

/** The names under "Commands:" of a help text. */
const commandsIn = (text: string): readonly string[] =>
  Array.from(
    (text.split('Commands:\n')[1] ?? '').matchAll(/^ {2}([a-z]+)/gm),
    ([, name = '']) => name,
  ).filter((name) => name !== 'help' && name !== '');

test('every command has a help with an example of its own, and no argument without a word about it', async () => {
  const walk = async (words: readonly string[]): Promise<readonly (readonly string[])[]> => {
    const inner = commandsIn((await helpOf(words)).split(/^Examples?:/m)[0] ?? '');
    const below = await Promise.all(inner.map((name) => walk([...words, name])));
    return [words, ...below.flat()];
  };
  const all = await walk([]);
  expect(all).toEqual(expect.arrayContaining([['upload'], ['destinations', 'add'], ['folders', 'scan']]));
  expect(all).toHaveLength(25);
  for (const words of all) {
    const text = await helpOf(words);
    expect(text, words.join(' ')).toMatch(/^Examples?:$/m);
    expect(text, words.join(' ')).toMatch(new RegExp(`^ {2}\\$ .*hoist ${words.join(' ')}`, 'm'));
    const named = text.split('\n')[0]?.match(/[<[](\w+)(\.\.\.)?[>\]]$/)?.[1];
    if (named !== undefined && named !== 'command' && named !== 'options')
      expect(text, words.join(' ')).toMatch(new RegExp(`^ {2}${named} +\\S`, 'm'));
  }
});

test.each(['upload', 'watch', 'run', 'links'])('%s lists the words of a template', async (name) => {
  const text = await helpOf([name]);
  for (const word of templateWords) expect(text).toContain(`{${word}}`);
});
