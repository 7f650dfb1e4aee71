import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { versionText } from './support/memory-sink.ts';
import { Scene } from './support/scene.ts';

type Step =
  | { readonly kind: 'write'; readonly path: string; readonly bytes: number }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }
  | { readonly kind: 'remove'; readonly path: string }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'scan' | 'quiet' | 'restart' | 'away' };

const names = ['a.jpg', 'b.jpg', 'c.part', 'sub/a.jpg', 'sub/b.jpg', 'sub/deep/c.jpg', 'no/a.jpg'];
const path = fc.constantFrom(...names);
const place = fc.constantFrom(...names, 'sub', 'sub/deep', 'other');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('write' as const), path, bytes: fc.nat(40) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('rename' as const), from: place, to: place }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), path: place }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 5000 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Step>(
      { kind: 'scan' },
      { kind: 'quiet' },
      { kind: 'restart' },
      { kind: 'away' },
    ),
  },
);

async function take(scene: Scene, next: Step): Promise<void> {
  try {
    switch (next.kind) {
      case 'write':
        scene.write(next.path, Buffer.alloc(next.bytes, next.path));
        break;
      case 'rename':
        mkdirSync(dirname(scene.path(next.to)), { recursive: true });
        renameSync(scene.path(next.from), scene.path(next.to));
        break;
      case 'remove':
        rmSync(scene.path(next.path), { recursive: true, force: true });
        break;
    }
  } catch {
    // A folder in the way of a file, or nothing there: such a step does nothing.
  }
  if (next.kind === 'pass') scene.clock.advance(next.ms);
  if (next.kind === 'scan') await scene.watcher.scan('folder');
  if (next.kind === 'quiet') await scene.quiet();
  if (next.kind === 'restart') await scene.restart();
  if (next.kind === 'away') {
    renameSync(scene.root, `${scene.root}-away`);
    await scene.watcher.scan('folder');
    renameSync(`${scene.root}-away`, scene.root);
    await scene.watcher.scan('folder');
  }
}

/** Every file below the folder, with its version, as the disk has it. */
function onDisk(scene: Scene): Map<string, string> {
  const found = new Map<string, string>();
  for (const entry of readdirSync(scene.root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const absolute = join(entry.parentPath, entry.name);
    const stat = lstatSync(absolute, { bigint: true });
    const version = {
      sizeBytes: Number(stat.size),
      mtimeNs: `${stat.mtimeNs}`,
      inode: `${stat.dev}:${stat.ino}`,
    };
    found.set(absolute.slice(scene.root.length + 1), versionText(version));
  }
  return found;
}

test('whatever happens, each file ends in one class and each last version is offered once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      const scene = new Scene({ ignore: ['no/'] });
      try {
        await scene.watch();
        for (const next of steps) await take(scene, next);
        await scene.quiet();
        // Rows of files that are gone are kept for ten seconds.
        scene.clock.advance(60_000);
        await scene.quiet();
        const files = onDisk(scene);
        expect(existsSync(scene.root)).toBe(true);
        const wanted = [...files.keys()].map((name) => [name, isIgnored(name) ? 'ignored' : 'job']);
        expect(scene.sink.classes()).toEqual(Object.fromEntries(wanted));
        const jobs = wanted.filter(([, fileClass]) => fileClass === 'job').length;
        const ignored = files.size - jobs;
        expect(scene.health()).toMatchObject({ seen: files.size, jobs, ignored, baseline: 0, settling: 0 });
        const offered = scene.sink.offers.map(({ version }) => version);
        for (const [name, version] of files) {
          if (!isIgnored(name)) expect(offered.filter((other) => other === version)).toEqual([version]);
        }
        expect(new Set(offered).size).toBe(offered.length);
      } finally {
        await scene.close();
      }
    }),
    { numRuns: 40, interruptAfterTimeLimit: 40_000 },
  );
});

function isIgnored(path: string): boolean {
  const parts = path.split('/');
  return parts.some((name) => name.endsWith('.part')) || parts.slice(0, -1).includes('no');
}
