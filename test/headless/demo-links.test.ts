/** Links of the demo service are true only as long as it runs: who ends it says so. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { failure } from '#shared/failure.ts';
import type { FakeEngine } from '../support/fake-engine.ts';
import { openTerminal, type Terminal, type TerminalOptions } from './support.ts';

const open: Terminal[] = [];
afterEach(async () => {
  for (const terminal of open.splice(0)) await terminal.close();
});
async function terminal(options: TerminalOptions = {}): Promise<Terminal> {
  const opened = await openTerminal({ onAdded: completeAll, ...options });
  open.push(opened);
  return opened;
}
const completeAll = (job: { id: number }, engine: FakeEngine) => engine.complete(job.id);
const hint = 'The demo service ends with this command. Its links open while it runs: hoist ';

test.each(['demo-flora', 'demo-runflow', 'demo-pupload'])('upload to %s says so last', async (to) => {
  const t = await terminal();
  expect(await t.hoist('upload', 'a', '--to', to)).toBe(0);
  expect(t.err().trimEnd().split('\n').at(-1)).toBe(`${hint}--data-dir ${t.dir} demo`);
  expect(await t.hoist('upload', 'a', '--to', to, '--json')).toBe(0);
  expect(t.err().split(hint)).toHaveLength(2);
});

test('watch --once says so, too', async () => {
  const t = await terminal();
  await mkdir(join(t.dir, 'w'));
  t.engine.add(join(t.dir, 'w', 'a'));
  t.engine.letFoldersRest();
  expect(await t.hoist('watch', 'w', '--to', 'demo-flora', '--once')).toBe(0);
  expect(t.err()).toContain(hint);
});

test('nothing is said where the demo service stays, where nothing is up, or where nothing opens', async () => {
  const elsewhere = await terminal({ isDemoElsewhere: true });
  await elsewhere.hoist('upload', 'a', '--to', 'demo-flora');
  const failed = await terminal({ onAdded: ({ id }, engine) => engine.fail(id, failure('timeout')) });
  await failed.hoist('upload', 'a', '--to', 'demo-flora');
  const keys = await terminal();
  await keys.hoist('upload', 'a', '--to', 'demo-cyberun');
  await keys.engine.service.addDestination({ name: 'studio', kind: 'runflow' }, 'k');
  await keys.hoist('upload', 'a', '--to', 'studio');
  for (const t of [elsewhere, failed, keys]) expect(t.err()).not.toContain('demo service');
});
