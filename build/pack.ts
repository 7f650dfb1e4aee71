/**
 * The desktop app, from the bundle in `dist/`.
 *
 *   node build/pack.ts            what it consists of, and what that weighs; downloads nothing
 *   node build/pack.ts --program  the program for this system, to try it
 *   node build/pack.ts --dist     the installers for this system, unsigned where there is no certificate
 *   node build/pack.ts --release  the same, once all that a release needs is there
 */
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Arch, build, Platform } from 'electron-builder';
import { builderConfiguration } from './pack/configuration.ts';
import { feedAddress, releaseProblems } from './pack/release-checks.ts';
import { partSizes, sizeTable } from './pack/sizes.ts';
import { stageApp } from './pack/stage.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const app = join(root, 'out', 'app');
const asked = process.argv[2] ?? '';
const { env, platform } = process;

if (!['', '--program', '--dist', '--release'].includes(asked)) {
  fail(`There is no ${asked}: --program, --dist, --release, or nothing.`);
} else if (asked !== '--release' || isReady()) {
  stageApp({ root, bundle: join(root, 'dist'), out: app });
  console.log(sizeTable(partSizes(stagedFiles())));
  if (asked !== '') await pack();
}

function stagedFiles() {
  return globSync('**', { cwd: app, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: path.slice(app.length + 1).replaceAll('\\', '/'), bytes: readFileSync(path) }));
}

async function pack(): Promise<void> {
  const feed = env.HOIST_UPDATE_FEED ?? '';
  const address = feed === '' ? null : feedAddress(feed);
  if (feed !== '' && address === null) {
    fail(`HOIST_UPDATE_FEED is no https address: ${feed}`);
    return;
  }
  const files = await build({
    projectDir: root,
    targets: targets(),
    publish: 'never',
    config: builderConfiguration({
      root,
      app,
      out: join(root, 'out', 'desktop'),
      feed: address,
      maintainer: env.HOIST_MAINTAINER ?? 'Hoist <hoist@localhost>',
      publisher: env.HOIST_WIN_PUBLISHER ?? null,
      electronDist: null,
    }),
  });
  for (const file of files) console.log(file);
}

/** For macOS both kinds of chips in one go: the updater reads of both in one file. Elsewhere this machine's. */
function targets() {
  const system = Platform.current();
  if (asked === '--program') return system.createTarget('dir');
  return system === Platform.MAC ? system.createTarget(null, Arch.x64, Arch.arm64) : system.createTarget();
}

function isReady(): boolean {
  const manifest: { readonly version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8' })
      .split('\n')
      .filter((line) => line !== '');
  const problems = releaseProblems({
    platform,
    env,
    version: manifest.version,
    tags: git('tag', '--points-at', 'HEAD'),
    uncommitted: git('status', '--porcelain'),
  });
  if (problems.length > 0) fail(['Not ready for a release:', ...problems].join('\n- '));
  return problems.length === 0;
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
