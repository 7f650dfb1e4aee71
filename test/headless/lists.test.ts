/** Lists for people stand in columns; lists for programs say null where nothing is known. */
import { afterEach, expect, test } from 'vitest';
import { openEngine } from '#engine';
import { alignRows } from '../../electron/headless/show/columns.ts';
import { openTerminal, type Terminal, type TerminalOptions } from './support.ts';

const open: Terminal[] = [];
afterEach(async () => {
  for (const terminal of open.splice(0)) await terminal.close();
});
async function terminal(options: TerminalOptions = {}): Promise<Terminal> {
  const opened = await openTerminal(options);
  open.push(opened);
  return opened;
}

test('columns are as wide as a terminal shows their cells', () => {
  expect(
    alignRows([
      { cells: ['写真', 'a', 'x'], below: ['below'] },
      { cells: ['photo', 'bcd', ''] },
      { cells: ['e\u0301', 'e'] },
    ]),
  ).toEqual(['写真   a    x', '    below', 'photo  bcd', 'e\u0301      e']);
  expect(alignRows([])).toEqual([]);
});

test('destinations and folders', async () => {
  const t = await terminal({ env: { HOIST_KEY: 'sk-0123456789abcdef' } });
  await t.hoist('destinations', 'add', '遠い', '--kind', 'runflow');
  await t.engine.service.addWatchFolder({ path: '/a', destinationId: 'demo-flora' } as never);
  await t.engine.service.addWatchFolder({ path: '/a/much/longer', destinationId: 'demo-cyberun' } as never);
  expect(await t.hoist('destinations', 'list')).toBe(0);
  expect(await t.hoist('folders', 'list')).toBe(0);
  expect(`\n${t.out()}`).toMatchInlineSnapshot(`
    "
    demo-runflow  runflow  the built-in demo service
    demo-flora    flora    the built-in demo service
    demo-cyberun  cyberun  the built-in demo service
    demo-pupload  pupload  the built-in demo service
    遠い          runflow  https://api.example.com    key …cdef
    /a              → demo-flora    remembered; hoist run watches it
    /a/much/longer  → demo-cyberun  remembered; hoist run watches it
    "
  `);
});

test('a demo service that nobody has started has no address and no ids', async () => {
  const t = await terminal({ surroundings: { openEngine } });
  expect(await t.hoist('destinations', 'list', '--json')).toBe(0);
  expect(t.out()).not.toMatch(/not-started|ws_demo|0000-0000/);
  expect(t.records()).toMatchObject([
    { name: 'demo-runflow', baseUrl: null },
    { name: 'demo-flora', baseUrl: null, workspaceId: null },
    { name: 'demo-cyberun', baseUrl: null, maxSizeBytes: 500_000_000 },
    { name: 'demo-pupload', baseUrl: null, projectId: null, flowName: null },
  ]);
});
