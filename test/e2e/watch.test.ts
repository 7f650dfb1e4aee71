/**
 * 500 files written into a watched folder as programs write them: in bursts, slowly, under temporary names, changed after
 * their upload, and some that no one wants. A real `hoist watch`, a real folder, the real demo service.
 */
import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startDemo } from '#demo';
import { buildCli } from '../support/built-cli.ts';
import { allAtService, takeCensus } from '../support/census.ts';
import { type CliChild, jsonLines, runCli, startCli } from '../support/cli-child.ts';
import { sha256, temporaryDirectory } from '../support/temporary.ts';
import { untilWatched } from '../support/until-watched.ts';

const hurry = 50;
let entry = '';
let remove = async () => {};
beforeAll(async () => {
  ({ entry, remove } = await buildCli());
});
afterAll(() => remove());

/** Every whole version that was written, by path. */
class Written {
  readonly versions = new Map<string, string[]>();
  readonly ignored = new Set<string>();

  async write(path: string, bytes: Uint8Array, through: string = path): Promise<void> {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(through, bytes);
    if (through !== path) await rename(through, path);
    this.note(path, bytes);
  }

  note(path: string, bytes: Uint8Array): void {
    const known = this.versions.get(path) ?? [];
    this.versions.set(path, [...known, sha256(bytes)]);
  }
}

/** What the command says it completed, and a way to wait for it. */
function followCompleted(child: CliChild) {
  const completed = new Map<string, Set<string>>();
  let count = 0;
  let waiting: { satisfied: () => boolean; resolve: () => void }[] = [];
  createInterface({ input: child.process.stdout }).on('line', (line) => {
    const record = JSON.parse(line);
    if (record.type !== 'completed') return;
    const hashes = completed.get(record.path) ?? new Set();
    completed.set(record.path, hashes.add(record.sha256));
    count += 1;
    for (const each of waiting) if (each.satisfied()) each.resolve();
    waiting = waiting.filter((each) => !each.satisfied());
  });
  return {
    count: () => count,
    until(satisfied: () => boolean): Promise<void> {
      if (satisfied()) return Promise.resolve();
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push({ satisfied, resolve });
      return Promise.race([promise, child.ended.then(({ stderr }) => Promise.reject(new Error(stderr)))]);
    },
    has: (path: string, hash: string | undefined) => completed.get(path)?.has(hash ?? '') ?? false,
  };
}

describe.each(['new', 'ignore'] as const)('--changed %s', (changed) => {
  it('every file seen is in one class, every stored object is a version that was written', {
    timeout: 300_000,
  }, async () => {
    const dataDir = await temporaryDirectory();
    const folder = await temporaryDirectory();
    const demo = await startDemo({ directory: join(dataDir, 'demo'), clockScale: hurry });
    onTestFinished(() => demo.close());
    await writeFile(join(folder, 'was-there-before.png'), 'baseline');
    const child = startCli(
      [
        'watch',
        folder,
        '--to',
        'demo-flora',
        '--data-dir',
        dataDir,
        '--settle',
        // A slow one grows every 20 ms: on a machine that is busy the writer may have to wait long for its turn.
        '5s',
        '--changed',
        changed,
        '--json',
        '--ignore',
        'drafts/',
      ],
      { HOIST_POLL_SCALE: String(1 / hurry) },
      entry,
    );
    onTestFinished(async () => {
      child.process.kill('SIGKILL');
      await child.ended;
    });
    const follow = followCompleted(child);
    await untilWatched((...args) => runCli([...args, '--data-dir', dataDir], {}, entry), folder);

    const written = new Written();
    const at = (...parts: string[]) => join(folder, ...parts);
    // 1. Bursts, in subfolders too.
    for (let burst = 0; burst < 5; burst += 1) {
      const names = Array.from({ length: 80 }, (_, index) =>
        at(`burst-${burst}`, `${index % 5}`, `still-${index}.png`),
      );
      await Promise.all(names.map((path) => written.write(path, randomBytes(100 + ((burst * 997) % 4000)))));
    }
    // 2. Temporary names that are renamed when they are whole.
    const parts = Array.from({ length: 60 }, (_, index) => at('downloads', `clip-${index}.mp4`));
    await Promise.all(parts.map((path) => written.write(path, randomBytes(2000), `${path}.part`)));
    // 3. What nobody wants: by the built-in list, and by the rule that was given.
    await mkdir(at('drafts'), { recursive: true });
    for (let index = 0; index < 20; index += 1) {
      for (const path of [at(`.~lock.${index}#`), at('drafts', `sketch-${index}.png`)]) {
        await writeFile(path, 'no');
        written.ignored.add(path);
      }
    }
    // 4. Slow ones: they grow as long as others go up.
    await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const path = at(`render-${index}.mov`);
        const pieces: Buffer[] = [];
        const goal = follow.count() + 40 + index;
        while (follow.count() < goal) {
          const piece = randomBytes(4096);
          pieces.push(piece);
          await appendFile(path, piece);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        written.note(path, Buffer.concat(pieces));
      }),
    );
    // 5. All is up; then thirty of them change.
    await follow.until(() =>
      [...written.versions].every(([path, hashes]) => follow.has(path, hashes.at(-1))),
    );
    const changing = [...written.versions.keys()].filter((_path, index) => index % 14 === 0).slice(0, 30);
    await Promise.all(changing.map((path) => written.write(path, randomBytes(5000))));
    const sentinel = at('sentinel.png');
    await written.write(sentinel, randomBytes(64));
    const wanted = [...written.versions].filter(([path]) => changed === 'new' || !changing.includes(path));
    await follow.until(() => wanted.every(([path, hashes]) => follow.has(path, hashes.at(-1))));
    const view = await whenCalm(dataDir);
    const files = written.versions.size;
    expect(files).toBeGreaterThanOrEqual(481);
    expect(view.health).toMatchObject({
      seen: files + written.ignored.size + 1,
      baseline: 1,
      ignored: written.ignored.size,
      settling: 0,
      jobs: files,
    });
    const stored = demo.stats().uploads.flatMap(({ sha256: hash }) => (hash === null ? [] : [hash]));
    const expected = [...written.versions].flatMap(([path, hashes]) =>
      changed === 'ignore' && changing.includes(path) ? hashes.slice(0, 1) : hashes,
    );
    const versions = [...written.versions].flatMap(([path, hashes]) =>
      hashes.map((hash) => ({ path, sha256: hash })),
    );
    const up = new Set(expected);
    await takeCensus(
      demo,
      join(dataDir, 'demo'),
      allAtService(
        'flora',
        versions.filter(({ sha256: hash }) => up.has(hash)),
      ),
    );
    // Each version once, nothing that was never whole, nothing that was not asked for.
    expect(stored.sort()).toEqual(expected.sort());
  });
});

/** What changed is settling, too, until the rule for it is applied. */
async function whenCalm(dataDir: string) {
  for (;;) {
    const { stdout } = await runCli(['folders', 'list', '--json', '--data-dir', dataDir], {}, entry);
    const [view] = jsonLines(stdout);
    if (view !== undefined && !isSettling(view.health)) return view;
  }
}

const isSettling = (health: unknown): boolean =>
  typeof health === 'object' && health !== null && 'settling' in health && health.settling !== 0;
