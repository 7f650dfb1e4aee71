/** `destinations add` with the real engine: what it refuses, in the words that were typed, before it asks for a key. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { openEngine } from '#engine';
import { flowDocument } from '../support/pupload-flow.ts';
import { openTerminal, type Terminal } from './support.ts';

const open: Terminal[] = [];
afterEach(async () => {
  for (const terminal of open.splice(0)) await terminal.close();
});

/** A terminal where a prompt would wait for ever: a command that asks for the key too early never ends. */
async function terminal(): Promise<Terminal> {
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const opened = await openTerminal({ surroundings: { openEngine, stdin } });
  open.push(opened);
  return opened;
}

const uuid = '3f0c1d2e-0000-4000-8000-000000000000';

test.each([
  ['flora', '--workspace-id is missing.'],
  ['flora --workspace-id foo', '--workspace-id: A FLORA workspace id starts with ws_.'],
  ['flora --workspace-id ws_1 --project-id 7', '--project-id: A FLORA project id starts with prj_.'],
  ['flora --workspace-id ws_1 --lanes 99', '--lanes: Give a whole number from 1 to 16.'],
  [
    'flora --workspace-id ws_1 --project prj_1',
    '--project is no option of flora, which has --workspace-id, --folder, --project-id.',
  ],
  [
    'runflow --workspace-id ws_1',
    '--workspace-id is no option of runflow, which has --folder-id, --organization-id.',
  ],
  ['runflow --base-url ftp://x', '--base-url: Give an http or https address.'],
  [
    'runflow --base-url http://example.com',
    '--base-url: Use https: over http anybody on the way can read the key.',
  ],
  ['cyberun --max-size 0', '--max-size: Give a size above zero.'],
  ['pupload', 'Give either --project and --flow, or --flow-file.'],
  [`pupload --project ${uuid}`, 'Give either --project and --flow, or --flow-file.'],
  ['pupload --project abc --flow f', '--project: A Pupload project is named by its UUID.'],
  [
    `pupload --project-id ${uuid} --flow f`,
    '--project-id is no option of pupload, which has --project, --flow, --flow-file, --edge.',
  ],
  ['pupload --flow-file none.json', '--flow-file none.json: The flow file cannot be read (ENOENT).'],
  ['pupload --flow-file text.json', '--flow-file text.json: The flow file is no JSON object.'],
  ['pupload --flow-file empty.json', /^hoist: --flow-file empty\.json: .*flow.*\.\n$/i],
])('--kind %s is refused by the name of its option, before the key is asked for', async (line, text) => {
  const t = await terminal();
  await writeFile(join(t.dir, 'text.json'), 'Flow: no');
  await writeFile(join(t.dir, 'empty.json'), '{"Tasks":[]}');
  expect(await t.hoist('destinations', 'add', 'studio', '--kind', ...line.split(' '))).toBe(2);
  if (typeof text === 'string') expect(t.err()).toBe(`hoist: ${text}\n`);
  else expect(t.err()).toMatch(text);
});

test.each([
  ['a/b', 'The name: Use 1 to 64 letters, digits, dots, dashes, spaces or underscores.'],
  ['demo-mine', 'The name: Names that begin with demo- belong to the demo service.'],
])('the name %s', async (name, text) => {
  const t = await terminal();
  expect(await t.hoist('destinations', 'add', name, '--kind', 'runflow')).toBe(2);
  expect(t.err()).toBe(`hoist: ${text}\n`);
});

test('a name that is taken, and a flow file that is one', async () => {
  const t = await terminal();
  await writeFile(join(t.dir, 'flow.json'), JSON.stringify(flowDocument()));
  const add = ['destinations', 'add', 'local', '--kind', 'pupload', '--flow-file', 'flow.json'];
  expect([await t.hoist(...add), t.err()]).toEqual([0, expect.stringContaining('Added local.')]);
  expect(await t.hoist('destinations', 'add', 'LOCAL', '--kind', 'runflow')).toBe(2);
  expect(t.err()).toContain('hoist: The name: There is a destination local already.\n');
});
