/** What the linter cannot see: the table of parts, the ways in, circles, sizes, and who may know Electron. */
import { builtinModules } from 'node:module';
import { resolveImport, type SourceFile, type Subpaths } from './source-tree.ts';

const below = ['transfer', 'storage', 'watch', 'settings', 'demo', 'providers', 'queue'] as const;
/** For whoever shows jobs and has windows; the engine does without. */
const besides = ['thumbnails', 'inbox', 'screens'] as const;
const floor = ['shared', 'ports'] as const;

/** From → what it may import of ours, beside itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  ports: ['shared'],
  renderer: ['shared'],
  preload: ['shared'],
  ...Object.fromEntries([...below, ...besides].map((part) => [part, floor])),
  screens: ['thumbnails', ...floor],
  engine: [...below, ...floor],
  ipc: ['engine', ...floor],
  desktop: ['engine', 'ipc', ...besides, ...floor],
  headless: ['engine', 'ipc', ...besides, ...floor],
  main: ['engine', 'ipc', 'desktop', 'headless', ...besides, ...below, ...floor],
  // What the installer and the app it installs say alike.
  build: ['shared'],
};

/** Rooms without a door: every file of theirs may be imported by name. */
const open = ['shared', 'ports'];

const maxLines = 400;

const knowsElectron = (path: string) =>
  [
    'electron/main.ts',
    'electron/preload.ts',
    'electron/ipc/serve-electron.ts',
    'electron/ipc/window-session.ts',
  ].includes(path) || path.startsWith('electron/desktop/');

export interface Packages {
  readonly subpaths: Subpaths;
  /** Names under `dependencies`: what the running app may import. */
  readonly dependencies: readonly string[];
}

/** Sentences, one per broken rule; empty for a sound tree. */
export function brokenRules(tree: readonly SourceFile[], packages: Packages): readonly string[] {
  const { subpaths } = packages;
  return [
    ...tree.flatMap((file) => brokenByFile(file)),
    ...tree.flatMap((file) => file.imports.flatMap((name) => brokenByImport(file, name, packages))),
    ...circles(tree, subpaths).map((circle) => `circle: ${circle.join(' → ')}`),
  ];
}

/** `electron/queue/lanes.ts` → `queue`; `electron/engine.ts` → `engine`; `shared/job.ts` → `shared`. */
export function partOf(path: string): string {
  const [room = '', next = ''] = path.split('/');
  return room === 'electron' ? next.replace(/\.ts$/, '') : room;
}

function brokenByFile({ path, text }: SourceFile): readonly string[] {
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  const tooLong = lines > maxLines ? [`${path} has ${lines} lines, more than ${maxLines}`] : [];
  const unknown = allowed[partOf(path)] === undefined ? [`${path} is in no known part`] : [];
  return [...tooLong, ...unknown];
}

function brokenByImport(file: SourceFile, name: string, packages: Packages): readonly string[] {
  const target = resolveImport(file, name, packages.subpaths);
  return target === null
    ? brokenByPackage(file, name, packages.dependencies)
    : brokenByOwn(file, name, target);
}

function brokenByOwn({ path }: SourceFile, name: string, target: string): readonly string[] {
  const from = partOf(path);
  const to = partOf(target);
  if (from === to) return [];
  // A host says which version it is, and that stands in one place.
  if (['headless', 'main'].includes(from) && target === 'package.json') return [];
  const broken: string[] = [];
  if (!(allowed[from] ?? []).includes(to)) broken.push(`${path} may not import ${to} (${name})`);
  // main.ts is the composition root: parts without a subpath name are reached by their index.ts.
  if (name.startsWith('.') && from !== 'main') broken.push(`${path} leaves its part by ${name}`);
  const isDoor = /\/index\.tsx?$/.test(target) || target === `electron/${to}.ts`;
  if (!open.includes(to) && !isDoor) broken.push(`${path} enters ${to} beside its index.ts (${name})`);
  return broken;
}

function brokenByPackage(
  { path }: SourceFile,
  name: string,
  dependencies: readonly string[],
): readonly string[] {
  if (name === 'electron' || name.startsWith('electron/')) {
    return knowsElectron(path) ? [] : [`${path} may not import electron`];
  }
  const isBuiltin = name.startsWith('node:');
  const runsAnywhere = ['shared', 'renderer'].includes(partOf(path));
  if (isBuiltin) return runsAnywhere ? [`${path} may not import ${name}`] : [];
  if (builtinModules.includes(name)) return [`${path} imports ${name} without node:`];
  // The renderer is bundled, the build does not ship: both may use what is only there for development.
  if (['build', 'renderer'].includes(partOf(path))) return [];
  const known = dependencies.some((dependency) => name === dependency || name.startsWith(`${dependency}/`));
  return known ? [] : [`${path} imports ${name}, which is not in dependencies`];
}

/** Every circle that a walk meets, as the files on it. Types count: a circle of types is a part cut wrongly too. */
function circles(tree: readonly SourceFile[], subpaths: Subpaths): readonly (readonly string[])[] {
  const files = new Map(tree.map((file) => [file.path, file]));
  const done = new Set<string>();
  const found: string[][] = [];
  const walk = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push([...trail.slice(start), path]);
    const file = files.get(path);
    if (start >= 0 || file === undefined || done.has(path)) return;
    for (const name of file.imports) {
      const target = resolveImport(file, name, subpaths);
      if (target !== null) walk(target, [...trail, path]);
    }
    done.add(path);
  };
  for (const path of files.keys()) walk(path, []);
  return found;
}
