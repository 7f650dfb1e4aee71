/** The command line as its user runs it: a child process, the real engine, the demo service, real files. */
import { execFileSync, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { startDemo as openDemo } from '#demo';
import { allAtService, takeCensus } from '../support/census.ts';
import { untilWatched } from '../support/until-watched.ts';
import { type Child, cliPath, startHoist } from './child.ts';

let dir: string;
let dataDir: string;
const children: Child[] = [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'hoist-real-'));
  dataDir = join(dir, 'data');
  await mkdir(dataDir, { mode: 0o700 });
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    child.process.kill('SIGKILL');
    await child.ended;
  }
  await rm(dir, { recursive: true, force: true });
});

function hoist(...argv: readonly string[]): Child {
  const child = startHoist(dataDir, argv, { cwd: dir });
  children.push(child);
  return child;
}

/** A command that ends by itself. */
async function ask(...argv: readonly string[]): Promise<{ readonly stdout: string }> {
  const child = hoist(...argv);
  await child.ended;
  return { stdout: child.out() };
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function write(name: string, bytes: Uint8Array | string): Promise<string> {
  await writeFile(join(dir, name), bytes);
  return name;
}

async function startDemo(...faults: readonly string[]): Promise<Child> {
  const demo = hoist('demo', '--clock-scale', '20', ...faults);
  await demo.sees('The demo service runs');
  return demo;
}

test('three files, three links, in the order given; the links give the same bytes', async () => {
  await startDemo();
  const bodies = [randomBytes(300_000), Buffer.from('plain text\n'), randomBytes(10)];
  const names = ['a file.bin', 'b.txt', 'c.png'];
  for (const [index, name] of names.entries()) await write(name, bodies[index] ?? '');
  const upload = hoist('upload', ...names, '--to', 'demo-flora');
  expect([await upload.ended, upload.err()]).toEqual([0, expect.stringContaining('3 completed')]);
  const links = upload.out().trim().split('\n');
  expect(links).toHaveLength(3);
  for (const [index, link] of links.entries()) {
    const bytes = new Uint8Array(await (await fetch(link)).arrayBuffer());
    expect(sha256(bytes)).toBe(sha256(bodies[index] ?? Buffer.alloc(0)));
  }
});

/** The last object that each of these commands prints. */
async function lastRecords(...lines: readonly (readonly string[])[]) {
  const records: Record<string, unknown>[] = [];
  for (const line of lines) {
    const child = hoist(...line);
    expect([await child.ended, child.err()]).toEqual([0, '']);
    records.push(JSON.parse(child.out().trim().split('\n').at(-1) ?? ''));
  }
  return records;
}

test.each(['demo-runflow', 'demo-cyberun', 'demo-pupload'])('one file to %s, told as JSON', async (to) => {
  const demo = await startDemo();
  const body = randomBytes(5000);
  await write('x.png', body);
  const upload = hoist('upload', 'x.png', '--to', to, '--json');
  expect([await upload.ended, upload.err()]).toEqual([0, '']);
  const records = upload
    .out()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(records.map(({ type }) => type)).toEqual(['added', 'completed', 'summary']);
  expect(records[1]).toMatchObject({
    path: join(dir, 'x.png'),
    destination: to,
    sha256: sha256(body),
    bytes: 5000,
  });
  const told = await lastRecords(
    ['links', '--json'],
    ['status', '--json'],
    ['links', '--json', '--format', 'link'],
  );
  expect(told.map(({ link }) => link)).toEqual(Array(3).fill(records[1].link));
  expect([records[1], told[0]]).toMatchObject([{ formatted: null }, { formatted: null }]);
  expect(typeof told[2]?.formatted).toBe('string');
  if (to === 'demo-runflow') {
    expect(records[1]).toMatchObject({
      link: `runflow://assets/${records[1].assetId}`,
      linkKind: 'reference',
    });
    const bytes = new Uint8Array(await (await fetch(String(told[2]?.formatted))).arrayBuffer());
    expect(sha256(bytes)).toBe(sha256(body));
  }
  if (to === 'demo-pupload') expect(records[1].artifacts.length).toBeGreaterThan(0);
  demo.process.kill('SIGINT');
  expect(await demo.ended).toBe(0);
});

test('a symlink is told under its own name, one that leads nowhere by where it leads', async () => {
  await startDemo();
  await write('target.txt', 'x');
  await symlink('target.txt', join(dir, 'link.txt'));
  await symlink('gone.txt', join(dir, 'dangling.txt'));
  const upload = hoist('upload', 'link.txt', 'dangling.txt', '*.png', '--to', 'demo-cyberun');
  expect(await upload.ended).toBe(1);
  expect(upload.err()).toContain('Completed  link.txt (1 B)');
  expect(upload.err()).toContain(
    'dangling.txt: The symbolic link leads to gone.txt, and nothing is there.\n',
  );
  expect(upload.err()).toMatch(
    /\*\.png: There is no such file or directory\. A pattern is expanded by the shell/,
  );
  const json = hoist('upload', 'link.txt', '--to', 'demo-cyberun', '--json');
  expect(await json.ended).toBe(0);
  const paths = json
    .out()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).path);
  expect(paths).toEqual([join(dir, 'link.txt'), join(dir, 'link.txt'), undefined]);
});

test('--edge is for Pupload only: anything else is wrong usage', async () => {
  await write('a.png', 'x');
  const upload = hoist('upload', '--to', 'demo-cyberun', '--edge', 'image=a.png');
  expect([await upload.ended, upload.out()]).toEqual([2, '']);
  expect(upload.err()).toBe(
    'hoist: Files for upload edges go to Pupload only, and demo-cyberun is a destination of the kind cyberun.\n',
  );
});

test('Ctrl-C in the middle says what is left; the same command goes on and ends it', async () => {
  const demo = await startDemo('--slow', '50KB');
  await write('big.bin', randomBytes(8_000_000));
  const first = hoist('upload', 'big.bin', '--to', 'demo-cyberun');
  await first.sees('1 file for demo-cyberun');
  first.process.kill('SIGINT');
  expect(await first.ended).toBe(130);
  expect(first.err()).toContain('0 completed, 1 left. They stay in the queue: hoist run goes on');
  expect(first.out()).toBe('');
  demo.process.kill('SIGINT');
  await demo.ended;
  const demoAgain = await startDemo();
  const second = hoist('upload', 'big.bin', '--to', 'demo-cyberun');
  // The engine goes on before it is given the file: at a loopback's speed it may be up by then.
  expect([await second.ended, second.err()]).toEqual([
    0,
    expect.stringMatching(/1 already (in the queue|up)/),
  ]);
  expect(second.out().trim()).toMatch(/big\.bin$/);
  demoAgain.process.kill('SIGINT');
  await demoAgain.ended;
  const directory = join(dataDir, 'demo');
  const service = await openDemo({ directory });
  onTestFinished(() => service.close());
  const given = { path: 'big.bin', sha256: sha256(await readFile(join(dir, 'big.bin'))) };
  await takeCensus(service, directory, allAtService('cyberun', [given]));
});

test('an engine elsewhere is used; when it is killed, the upload takes over and ends its file once', async () => {
  const demo = await startDemo('--slow', '50KB');
  await write('big.bin', randomBytes(8_000_000));
  const engine = hoist('run');
  await engine.sees('Running on');
  const upload = hoist('upload', 'big.bin', '--to', 'demo-cyberun');
  await upload.sees('1 file for demo-cyberun');
  const status = hoist('status', '--json');
  expect(await status.ended).toBe(0);
  expect(JSON.parse(status.out())).toMatchObject({ type: 'job', path: join(dir, 'big.bin'), link: null });
  engine.process.kill('SIGKILL');
  await upload.sees('this command goes on by itself');
  demo.process.kill('SIGINT');
  await demo.ended;
  await startDemo();
  expect([await upload.ended, upload.err()]).toEqual([0, expect.stringContaining('1 completed')]);
  const links = hoist('links');
  expect(await links.ended).toBe(0);
  expect(links.out()).toBe(upload.out());
});

test('Ctrl-C of a command that only follows leaves the engine alone', async () => {
  await startDemo('--slow', '50KB');
  await write('big.bin', randomBytes(8_000_000));
  const engine = hoist('run');
  await engine.sees('Running on');
  const upload = hoist('upload', 'big.bin', '--to', 'demo-cyberun');
  await upload.sees('1 file for demo-cyberun');
  upload.process.kill('SIGINT');
  expect(await upload.ended).toBe(130);
  expect(upload.err()).toContain('Not followed any more.');
  const status = hoist('status');
  await status.ended;
  expect(status.out()).toContain(`The engine runs in process ${engine.process.pid} (cli).`);
  engine.process.kill('SIGTERM');
  expect([await engine.ended, engine.err()]).toEqual([0, expect.stringContaining('1 left in the queue')]);
});

test('watch --once sends a folder and remembers nothing, also when it is killed', async () => {
  await startDemo();
  await mkdir(join(dir, 'w', 'sub'), { recursive: true });
  await write('w/a.txt', 'a');
  await write('w/sub/b.txt', 'b');
  await write('w/c.part', 'not yet');
  const once = hoist('watch', 'w', '--to', 'demo-cyberun', '--once', '--settle', '200ms');
  expect([await once.ended, once.err()]).toEqual([0, expect.stringContaining('2 completed')]);
  expect(once.out().trim().split('\n')).toHaveLength(2);
  const killed = hoist('watch', 'w', '--to', 'demo-runflow', '--once', '--settle', '1h');
  await killed.sees('Sending all of');
  killed.process.kill('SIGKILL');
  await killed.ended;
  const folders = hoist('folders', 'list', '--json');
  expect([await folders.ended, folders.out()]).toEqual([0, '']);
});

test('a remembered folder goes on in hoist run', async () => {
  await startDemo();
  await mkdir(join(dir, 'w'));
  await write('w/old.txt', 'was there');
  const watch = hoist('watch', 'w', '--to', 'demo-cyberun', '--settle', '100ms');
  await watch.sees('Watching');
  await untilWatched(ask, await realpath(join(dir, 'w')));
  await write('w/new.txt', 'came later');
  await watch.sees('/new.txt');
  watch.process.kill('SIGINT');
  expect(await watch.ended).toBe(130);
  await write('w/newer.txt', 'came while nobody looked');
  const run = hoist('run');
  await run.sees('/newer.txt');
  run.process.kill('SIGTERM');
  expect([await run.ended, run.out()]).toEqual([0, expect.not.stringContaining('old.txt')]);
});

test('relative paths count from where npm was called', async () => {
  await startDemo();
  await write('x.txt', 'x');
  const child = startHoist(dataDir, ['upload', 'x.txt', '--to', 'demo-cyberun'], {
    cwd: dataDir,
    env: { npm_lifecycle_event: 'hoist', INIT_CWD: dir },
  });
  children.push(child);
  expect([await child.ended, child.out()]).toEqual([0, expect.stringMatching(/x\.txt\n$/)]);
});

test('a reader that leaves early is no error', async () => {
  const text = execFileSync(
    'sh',
    ['-c', `"${process.execPath}" "${cliPath}" --help | head -n 1; echo done`],
    {
      encoding: 'utf8',
    },
  );
  expect(text).toMatch(/^Usage: hoist .*\ndone\n$/);
});

const hasScript = (() => {
  try {
    execFileSync('script', ['--version']);
    return process.platform === 'linux';
  } catch {
    return false;
  }
})();

/** Runs the command on a terminal of its own. */
function onTerminal(argv: readonly string[]) {
  const command = [process.execPath, cliPath, '--data-dir', dataDir, ...argv]
    .map((word) => `'${word}'`)
    .join(' ');
  const child = spawn('script', ['-qefc', `stty cols 100 rows 20; ${command}`, '/dev/null'], {
    cwd: dir,
    env: {
      ...process.env,
      npm_lifecycle_event: '',
      TERM: 'xterm-256color',
      LANG: 'C.UTF-8',
      HOIST_POLL_SCALE: '0.1',
    },
  });
  let text = '';
  const seen: { readonly wanted: string; readonly resolve: () => void }[] = [];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    for (const { wanted, resolve } of seen) if (text.includes(wanted)) resolve();
  });
  return {
    child,
    text: () => text,
    sees: (wanted: string) =>
      text.includes(wanted)
        ? Promise.resolve()
        : new Promise<void>((resolve) => void seen.push({ wanted, resolve })),
    ended: new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code))),
  };
}

test.skipIf(!hasScript)(
  'a key that is typed on a terminal is never shown, and reaches the store',
  async () => {
    const t = onTerminal(['destinations', 'add', 'studio', '--kind', 'runflow']);
    await t.sees('Key of studio: ');
    t.child.stdin.write('rf_live_secret\r');
    expect(await t.ended).toBe(0);
    expect(t.text()).not.toContain('secret');
    const list = hoist('destinations', 'list', '--json');
    await list.ended;
    const mine = list
      .out()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .find(({ name }) => name === 'studio');
    expect(mine).toMatchObject({ hasKey: true, kind: 'runflow' });
    expect(await readFile(join(dataDir, 'config.json'), 'utf8')).not.toContain('rf_live_secret');
  },
);

test.skipIf(!hasScript)(
  'on a terminal there is one live line per file, and the terminal is given back',
  async () => {
    await startDemo('--slow', '50KB');
    await write('slow one.bin', randomBytes(5_000_000));
    const t = onTerminal(['upload', 'slow one.bin', '--to', 'demo-cyberun']);
    await t.sees('Sending');
    await t.sees('0 of 1 · ');
    t.child.stdin.write('\u0003');
    expect(await t.ended).toBe(130);
    expect(t.text()).toContain('They stay in the queue');
    const [hide, show] = ['\u001b[?25l', '\u001b[?25h'];
    expect(t.text().lastIndexOf(show)).toBeGreaterThan(t.text().lastIndexOf(hide));
  },
);
