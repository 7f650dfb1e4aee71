import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { brokenRules, type Packages, partOf } from './architecture/rules.ts';
import { readTree, resolveImport, sourceFile } from './architecture/source-tree.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest: { imports: Record<string, string>; dependencies: Record<string, string> } = JSON.parse(
  readFileSync(`${root}/package.json`, 'utf8'),
);
const packages: Packages = {
  subpaths: manifest.imports,
  dependencies: Object.keys(manifest.dependencies),
};

describe('the house', () => {
  const tree = readTree(root);

  test('keeps its rules', () => expect(brokenRules(tree, packages)).toEqual([]));

  test('is walked whole: every part that is there was seen, and every import leads to a file', () => {
    const parts = new Set(tree.map(({ path }) => partOf(path)));
    expect([...parts]).toEqual(expect.arrayContaining(['shared', 'ports', 'settings', 'build']));
    const lost = tree.flatMap((file) =>
      file.imports.flatMap((name) => {
        const target = resolveImport(file, name, packages.subpaths);
        return target === null || existsSync(`${root}/${target}`) ? [] : [`${file.path}: ${name}`];
      }),
    );
    expect(lost).toEqual([]);
  });
});

describe('the rules', () => {
  const check = (files: Readonly<Record<string, string>>) =>
    brokenRules(
      Object.entries(files).map(([path, text]) => sourceFile(path, text)),
      packages,
    );

  test.each<[string, string, string]>([
    ['shared/a.ts', "import '#ports/clock.ts';", 'may not import ports'],
    ['shared/a.ts', "import 'node:fs';", 'may not import node:fs'],
    ['shared/a.ts', "export type A = import('react').ReactNode;", 'react, which is not in dependencies'],
    ['electron/ports/a.ts', "export * from '#queue';", 'may not import queue'],
    ['electron/queue/a.ts', "import type { A } from '#storage';", 'may not import storage'],
    ['electron/queue/a.ts', "const a = await import('#transfer');", 'may not import transfer'],
    ['electron/queue/a.ts', "import '../ports/clock.ts';", 'leaves its part'],
    ['electron/queue/a.ts', "import '../../shared/job.ts';", 'leaves its part'],
    ['electron/queue/a.ts', "import { app } from 'electron';", 'may not import electron'],
    ['electron/queue/a.ts', "import fs from 'fs';", 'without node:'],
    ['electron/queue/a.ts', "import 'vite';", 'vite, which is not in dependencies'],
    ['electron/engine.ts', "import './queue/lanes.ts';", 'beside its index.ts'],
    ['electron/engine.ts', "import '#ipc';", 'may not import ipc'],
    ['electron/ipc/a.ts', "import '#queue';", 'may not import queue'],
    ['electron/headless/a.ts', "import '#settings';", 'may not import settings'],
    ['electron/engine.ts', "import '#thumbnails';", 'may not import thumbnails'],
    ['electron/thumbnails/a.ts', "import '#engine';", 'may not import engine'],
    ['electron/main.ts', "import './desktop/window.ts';", 'beside its index.ts'],
    ['renderer/a.tsx', "import '#engine'; export const a = <b />;", 'may not import engine'],
    ['electron/extra/a.ts', '', 'in no known part'],
    ['electron/queue/a.ts', '\n'.repeat(401), '401 lines'],
  ])('%s with %j is told', (path, text, told) => {
    expect(check({ [path]: text })).toEqual(expect.arrayContaining([expect.stringContaining(told)]));
  });

  test.each<[string, string]>([
    [
      'electron/queue/a.ts',
      "import '#shared/job.ts'; import '#ports/clock.ts'; import 'node:fs'; import 'got';",
    ],
    ['electron/engine.ts', "import '#queue'; import './engine/wire.ts';"],
    ['electron/ipc/serve-electron.ts', "import 'electron'; import '#engine';"],
    ['electron/desktop/window.ts', "import 'electron/main'; import '#ipc';"],
    ['electron/main.ts', "import './desktop/index.ts'; import '#engine'; import 'electron';"],
    ['electron/queue/a.ts', '\n'.repeat(400)],
    ['electron/queue/a.ts', "// import '#storage'\nexport const a = \"import '#storage'\";"],
  ])('%s with %j is fine', (path, text) => expect(check({ [path]: text })).toEqual([]));

  test('a circle is told once, with the files on it; types count', () => {
    const circle = {
      'shared/a.ts': "import type { B } from './b.ts';",
      'shared/b.ts': "export * from '#shared/c.ts';",
      'shared/c.ts': "import './a.ts'; import './d.ts';",
      'shared/d.ts': '',
    };
    expect(check(circle)).toEqual(['circle: shared/a.ts → shared/b.ts → shared/c.ts → shared/a.ts']);
    expect(check({ ...circle, 'shared/c.ts': '' })).toEqual([]);
  });
});
