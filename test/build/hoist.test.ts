import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeTree, run } from './support.ts';

const cli = `
  if (process.argv[2] === 'exit') process.exitCode = Number(process.argv[3]);
  if (process.argv[2] === 'wait') {
    for (const name of ['SIGTERM', 'SIGINT'] as const) {
      process.on(name, () => { console.log(name); process.exit(9); });
    }
    setInterval(() => {}, 1000);
  }
  console.log(JSON.stringify({ args: process.argv.slice(2), major: Number.parseInt(process.versions.node, 10) }));`;

const versionOf = (node: string): number => {
  try {
    return Number.parseInt(execFileSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }), 10);
  } catch {
    return Number.NaN;
  }
};

/** A Node of this machine that is too old for Hoist and new enough for its launcher; none on many machines. */
const oldNode = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'node'))
  .filter(existsSync)
  .find((node) => versionOf(node) >= 18 && versionOf(node) < 24);

const nodes: readonly (readonly [string, string])[] = [
  ['this Node', process.execPath],
  ...(oldNode === undefined ? [] : [['an old Node', oldNode] as const]),
];

const makeHoist = () => {
  const root = makeTree({ 'electron/headless/cli.ts': cli });
  return { root, hoist: join(root, 'build/hoist.js') };
};

describe.each(nodes)('under %s', (_name, node) => {
  test('the arguments and the exit code go through, and Node 24 runs the sources', async () => {
    const { hoist } = makeHoist();
    const ended = await run(node, [hoist, 'exit', '7', '--to', 'Far Side']);
    expect({ ...ended, stdout: JSON.parse(ended.stdout) }).toEqual({
      code: 7,
      stdout: { args: ['exit', '7', '--to', 'Far Side'], major: 24 },
      stderr: '',
    });
  });

  test('a bundle goes before the sources', async () => {
    const { root, hoist } = makeHoist();
    mkdirSync(join(root, 'dist'));
    writeFileSync(join(root, 'dist/cli.js'), "console.log('bundle');");
    expect(await run(node, [hoist])).toMatchObject({ code: 0, stdout: 'bundle\n' });
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    '%s reaches the engine, and its exit code comes back',
    async (signal) => {
      const { hoist } = makeHoist();
      const child = start(node, hoist, 'wait');
      await saying(child, '"wait"');
      const exit = once(child, 'exit');
      child.kill(signal);
      await saying(child, signal);
      expect(await exit).toEqual([9, null]);
    },
  );

  test('with nothing to run it says so', async () => {
    const { root, hoist } = makeHoist();
    rmSync(join(root, 'electron'), { recursive: true });
    const ended = await run(node, [hoist]);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain('neither dist/cli.js nor the sources');
  });
});

describe.skipIf(oldNode === undefined)(
  `where there is no Node 24${oldNode === undefined ? ' (not run: no old Node here)' : ''}`,
  () => {
    test('one sentence says what is missing', async () => {
      const { root, hoist } = makeHoist();
      rmSync(join(root, 'node_modules'));
      const ended = await run(oldNode ?? '', [hoist]);
      expect(ended).toMatchObject({ code: 1, stdout: '' });
      expect(ended.stderr).toMatch(
        /^Hoist needs Node 24 or later; this is v\d+\.\d+\.\d+\. Install it, or run npm ci/,
      );
    });

    test('an engine that a signal ends looks ended by that signal', async () => {
      const { hoist } = makeHoist();
      const child = start(oldNode ?? '', hoist, 'wait');
      await saying(child, '"wait"');
      const exit = once(child, 'exit');
      child.kill('SIGHUP');
      expect(await exit).toEqual([null, 'SIGHUP']);
    });
  },
);

function start(node: string, ...args: readonly string[]): ChildProcess {
  const child = spawn(node, [...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function saying(child: ChildProcess, text: string): Promise<void> {
  if (child.stdout === null) throw new Error('no output');
  let said = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    said += String(chunk);
    if (said.includes(text)) return;
  }
  throw new Error(`ended before it said ${text}: ${said}`);
}
