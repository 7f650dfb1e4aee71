/** The live display: what it shows is never older than the lines above it. */
import { stripVTControlCharacters } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { openTerminal, type Terminal } from './support.ts';

const open: Terminal[] = [];
afterEach(async () => {
  for (const terminal of open.splice(0)) await terminal.close();
});
async function liveTerminal(): Promise<Terminal> {
  const opened = await openTerminal({ columns: 100, env: { NO_COLOR: '1' } });
  open.push(opened);
  return opened;
}

/** What was written after the last time that this text was. */
const after = (t: Terminal, text: string) => stripVTControlCharacters(t.err().split(text).at(-1) ?? '');

test('a file that has ended is not drawn any more, and the last frame tells the end', async () => {
  const t = await liveTerminal();
  const ended = t.hoist('upload', 'first.bin', 'second.bin', '--to', 'demo-flora');
  await t.engine.whenJob(2);
  for (const id of [1, 2]) t.engine.set(id, { state: { name: 'uploading' }, bytesSent: 500 });
  await t.sees('second.bin  ');
  expect(t.err()).toContain('0 of 2 · ');
  t.engine.complete(1);
  await t.sees('Completed  first.bin');
  await t.sees('1 of 2 · 1.5 of 2 kB');
  expect(after(t, 'Completed  first.bin')).not.toContain('first.bin  ');
  t.engine.complete(2);
  expect(await ended).toBe(0);
  const end = after(t, 'Completed  second.bin');
  expect(end).toContain('2 of 2 · 2 of 2 kB');
  expect(end).not.toContain('1 of 2');
  expect(end).not.toContain('second.bin  ');
});

test('run draws no file that has ended either', async () => {
  const t = await liveTerminal();
  t.engine.add('/only.bin', { state: { name: 'uploading' }, bytesSent: 500 });
  const ended = t.hoist('run');
  await t.sees('only.bin  ');
  t.engine.complete(1);
  await t.sees('Completed  only.bin');
  t.interrupt();
  await ended;
  expect(after(t, 'Completed  only.bin')).not.toContain('only.bin  ');
});
