import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { faultNames } from '#demo';
import { loadDemo } from '#engine';
import { openTerminal, type Terminal } from './support.ts';

const open: Terminal[] = [];
afterEach(async () => {
  for (const terminal of open.splice(0)) await terminal.close();
});
async function terminal(): Promise<Terminal> {
  const opened = await openTerminal({ surroundings: { loadDemo } });
  open.push(opened);
  return opened;
}

test.each([
  ['--fault nope', /^hoist: --fault nope: There is no fault nope\. There are: ttlMs, .*, runFails\.\n$/],
  ['--fault status=abc', /^hoist: --fault status=abc: status takes 400 to 599, or .*\.\n$/],
  ['--fault status={"value":503,"stage":"up"}', /with a scope, .*stage \(reserve, upload,.*\)/],
  ['--fault earlyOk=false', /earlyOk takes true\.\n$/],
  ['--ttl 0', /^hoist: --ttl 0: ttlMs takes milliseconds above 0\.\n$/],
  ['--status 99', /^hoist: --status 99: status takes 400 to 599/],
  ['--port 99999', /^hoist: --port 99999: use a port from 1 to 65535/],
  ['--port x', /^hoist: --port x: use a whole number/],
  ['--clock-scale 1e999', /above zero/],
])('demo %s is a usage error in plain words', async (line, text) => {
  const t = await terminal();
  expect(await t.hoist('demo', ...line.split(' '))).toBe(2);
  expect(t.err()).toMatch(text);
  expect(t.err()).not.toMatch(/zod|invalid_|HOIST_DEBUG|"code"/i);
});

test('a port that somebody has is said so', async () => {
  const taken = createServer();
  const port = await new Promise<number>((resolve) => {
    taken.listen(0, '127.0.0.1', () => {
      const address = taken.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  try {
    const t = await terminal();
    expect(await t.hoist('demo', '--port', String(port))).toBe(1);
    expect(t.err()).toMatch(new RegExp(`^hoist: Port ${port} cannot be had`));
  } finally {
    taken.close();
  }
});

test('its help lists every fault with what it takes', async () => {
  const t = await terminal();
  expect(await t.hoist('demo', '--help')).toBe(0);
  const listed = [...t.out().matchAll(/^ {2}(\w+) {2,}\S/gm)].map((match) => match[1]);
  expect(listed).toEqual(expect.arrayContaining([...faultNames]));
  expect(t.out()).toContain('(milliseconds above 0)');
});
