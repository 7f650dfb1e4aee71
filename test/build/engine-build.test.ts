import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { engineEntries } from '../../build/engine-build.ts';
import { buildTree, makeTree, run } from './support.ts';

const sources = {
  'electron/deep/inside/echo-worker.ts': `
    import { parentPort } from 'node:worker_threads';
    import { assertNever } from '#shared/assert-never.ts';
    import { z } from 'zod';
    parentPort?.on('message', (text: string) => parentPort?.postMessage(z.string().parse(text) + typeof assertNever));`,
  'electron/deep/inside/index.ts': `
    import { Worker } from 'node:worker_threads';
    export const start = (): Worker =>
      new Worker(new URL(import.meta.url.endsWith('.ts') ? './echo-worker.ts' : './echo-worker.js', import.meta.url));`,
  'electron/headless/cli.ts': `
    import { assertNever } from '#shared/assert-never.ts';
    import Conf from 'conf';
    const { start } = await import('../deep/inside/index.ts');
    const worker = start();
    worker.on('message', (text: string) => {
      console.log(text, typeof assertNever, typeof Conf);
      void worker.terminate();
    });
    worker.postMessage(process.argv[2] ?? '');`,
};

test('the sources and their bundle do the same; the bundle needs no packages and lies flat', async () => {
  const root = makeTree(sources);
  const said = 'hi!function function function\n';
  expect(await run(process.execPath, [join(root, 'electron/headless/cli.ts'), 'hi!'])).toMatchObject({
    stdout: said,
  });

  expect(await buildTree(root)).toMatchObject({ code: 0, stderr: '' });
  const built = readdirSync(join(root, 'dist'), { recursive: true }).map(String);
  expect(built).toEqual(expect.arrayContaining(['cli.js', 'echo-worker.js']));
  const besides = built.filter((name) => !name.startsWith('icons') && name !== 'licences.md');
  expect(besides.filter((name) => !/^[\w-]+\.js$/.test(name))).toEqual([]);

  for (const gone of ['electron', 'shared', 'node_modules']) {
    rmSync(join(root, gone), { recursive: true });
  }
  expect(await run(process.execPath, [join(root, 'dist/cli.js'), 'hi!'])).toEqual({
    code: 0,
    stdout: said,
    stderr: '',
  });
});

test('npm start builds, says why there is no window of its own, and shows the bundle in a browser', async () => {
  const root = makeTree({
    'electron/headless/cli.ts': 'console.log(import.meta.url, ...process.argv.slice(2));',
  });
  const { code, stdout } = await run(process.execPath, [join(root, 'build/start.ts'), '--data-dir', 'x']);
  expect(code).toBe(0);
  const [why, said] = stdout.trim().split('\n').slice(-2);
  expect(why).toMatch(/^Hoist opens in a browser, because [^\n]+\.$/);
  expect(said).toMatch(/\/dist\/cli\.js serve --data-dir x$/);
});

test('what cannot be built is said in a line, without a stack trace of ours', async () => {
  const root = makeTree({ 'electron/headless/cli.ts': 'const = 1;' });
  const { code, stderr } = await run(process.execPath, [join(root, 'build/start.ts')]);
  expect(code).toBe(1);
  expect(stderr).toContain('Hoist could not be built (build/engine.vite.config.ts)');
  expect(stderr).not.toContain('start.ts:');
});

test('who speaks HTTP does not bring fetch along, which takes as long to load as all of Hoist', async () => {
  const root = makeTree({
    'electron/headless/cli.ts': `
      import http, { createServer, Agent } from 'node:http';
      const isThere = process.moduleLoadList.some((name) => name.includes('undici'));
      console.log(typeof createServer, typeof Agent, typeof http.request, isThere);`,
  });
  expect((await buildTree(root)).code).toBe(0);
  expect((await run(process.execPath, [join(root, 'dist/cli.js')])).stdout).toBe(
    'function function function false\n',
  );
});

test("an import of a module of Node's loads and opens nothing that nobody takes from it", async () => {
  const root = makeTree({
    'electron/headless/cli.ts': `
      import { createHash } from 'node:crypto';
      import { readFileSync } from 'node:fs';
      import { cwd } from 'node:process';
      const loaded = process.moduleLoadList.filter((name) =>
        ['internal/crypto/webcrypto', 'internal/fs/streams', 'tty'].some((module) => name.endsWith(' ' + module)),
      );
      process.stdout.write(\`\${[typeof createHash, typeof readFileSync, typeof cwd]} \${loaded.length}\\n\`);`,
  });
  expect((await buildTree(root)).code).toBe(0);
  expect(await run(process.execPath, [join(root, 'dist/cli.js')])).toMatchObject({
    stdout: 'function,function,function 0\n',
  });
});

test('source maps come when asked for', async () => {
  const root = makeTree({ 'electron/headless/cli.ts': 'console.log(1);' });
  expect((await buildTree(root, '--sourcemap')).code).toBe(0);
  expect(readdirSync(join(root, 'dist')).sort()).toEqual(['cli.js', 'cli.js.map', 'icons', 'licences.md']);
});

test('the pictures, and the licences of what was bundled, lie beside the code; of our manifest only its name does', async () => {
  const root = makeTree({
    'electron/headless/cli.ts': `
      import Conf from 'conf';
      import manifest from '../../package.json' with { type: 'json' };
      console.log(typeof Conf, manifest.name, Object.keys(manifest).length);`,
  });
  expect((await buildTree(root)).code).toBe(0);
  expect(readdirSync(join(root, 'dist/icons'))).toContain('tray-idle.png');
  expect(readFileSync(join(root, 'dist/licences.md'), 'utf8')).toMatch(/^## conf - /m);
  const { stdout } = await run(process.execPath, [join(root, 'dist/cli.js')]);
  expect(stdout).toBe('function hoist 2\n');
});

test('two workers of one name, and nothing to build, are told', () => {
  const root = makeTree({
    'electron/a/x-worker.ts': '',
    'electron/b/x-worker.ts': '',
  });
  expect(() => engineEntries(root)).toThrow('Two entries are named x-worker: electron/b/x-worker.ts');
  rmSync(join(root, 'electron'), { recursive: true });
  expect(() => engineEntries(root)).toThrow('No entry was found');
});
