import type { execFile } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { closingOf, hasTrayHost, watchTrayHost } from '../../../electron/desktop/tray/tray-host.ts';
import { createManualClock } from '../../support/manual-clock.ts';

/** Answers as the session's bus would, one answer after the other. */
function bus(...answers: readonly (string | Error)[]) {
  const left = [...answers];
  const asked: string[] = [];
  const run = (
    file: string,
    args: readonly string[],
    _options: unknown,
    done: (error: Error | null, out: string) => void,
  ) => {
    asked.push(`${file} ${args.at(-1)}`);
    const answer = (left.length > 1 ? left.shift() : left[0]) ?? '';
    if (answer instanceof Error) done(answer, '');
    else done(null, answer);
  };
  return { run: run as unknown as typeof execFile, asked };
}

describe('a tray', () => {
  test.each<[string, NodeJS.Platform, string | Error, boolean]>([
    ['is always there on macOS', 'darwin', new Error('not asked'), true],
    ['is always there on Windows', 'win32', new Error('not asked'), true],
    ['is there where the desktop says so', 'linux', '(true,)\n', true],
    ['is not there where it says not', 'linux', '(false,)\n', false],
    ['is not there where nobody can be asked', 'linux', new Error('ENOENT'), false],
  ])('%s', async (_name, platform, answer, expected) => {
    expect(await hasTrayHost(platform, bus(answer).run)).toBe(expected);
  });

  test('may come up after us, at login', async () => {
    const clock = createManualClock();
    const { run, asked } = bus('(false,)', '(false,)', '(true,)');
    const host = watchTrayHost({ platform: 'linux', execFile: run, clock });
    await clock.advance(500);
    expect(host.isThere()).toBe(false);
    await clock.advance(5000);
    expect(await host.found).toBe(true);
    expect([host.isThere(), asked.length]).toEqual([true, 3]);
  });

  test('is given up after a quarter of a minute, and looked for now and then', async () => {
    const clock = createManualClock();
    const { run, asked } = bus('(false,)', '(false,)', '(false,)', '(false,)', '(false,)', '(true,)');
    const host = watchTrayHost({ platform: 'linux', execFile: run, clock });
    await clock.advance(16_000);
    expect(await host.found).toBe(false);
    host.look();
    expect(asked).toHaveLength(5);
    await clock.advance(30_000);
    host.look();
    await clock.advance(0);
    expect([asked.length, host.isThere()]).toEqual([6, true]);
  });
});

test.each([
  ['with a tray the window goes', { hasTray: true }, 'close'],
  ['without one the last window stays within reach', { hasTray: false }, 'minimize'],
  ['others go', { hasTray: false, isLast: false }, 'close'],
  ['who does not want it is believed', { hasTray: false, closeToTray: false }, 'close'],
  ['at the end all go', { hasTray: false, isQuitting: true }, 'close'],
] as const)('closing: %s', (_name, facts, expected) => {
  expect(closingOf({ closeToTray: true, isLast: true, isQuitting: false, ...facts })).toBe(expected);
});
