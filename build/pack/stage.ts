/** Puts together what the desktop app consists of: the folder that becomes its `app.asar`, and nothing else is in it. */
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { minifySync } from 'vite';
import { neededFiles, readFrom } from './needed-files.ts';
import { pictureLibrary } from './picture-library.ts';

export interface StageOptions {
  /** The checkout: its manifest, licence and node_modules. */
  readonly root: string;
  /** The bundle: engine, main process, preload script, `icons/`, and the screens in `renderer/`. */
  readonly bundle: string;
  /** Emptied first. */
  readonly out: string;
}

/** What Electron starts, and loads into each window. Workers are started by the engine, by their names. */
const main = 'main.js';
const preload = 'preload.cjs';
const isWorker = (name: string) => name.endsWith('-worker.js');

/** What the bundler writes beside each bundle. */
const licences = 'licences.md';

export function stageApp({ root, bundle, out }: StageOptions): void {
  rmSync(out, { recursive: true, force: true });
  const put = (name: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(out, name)), { recursive: true });
    writeFileSync(join(out, name), content);
  };
  const copy = (name: string, from: string) => {
    mkdirSync(dirname(join(out, name)), { recursive: true });
    copyFileSync(from, join(out, name));
  };

  put('package.json', `${JSON.stringify(appManifest(root), null, 2)}\n`);
  copy('LICENSE', join(root, 'LICENSE'));
  put('LICENCES-OF-PACKAGES.md', packageLicences(root, bundle));
  const names = new Set(readdirSync(bundle));
  const entries = [main, preload, ...[...names].filter(isWorker)];
  for (const name of neededFiles(names, entries, readFrom(bundle))) {
    put(`dist/${name}`, minified(name, readFileSync(join(bundle, name), 'utf8')));
  }
  for (const name of filesIn(join(bundle, 'renderer'), '**')) {
    if (name !== licences) copy(`dist/renderer/${name}`, join(bundle, 'renderer', name));
  }
  for (const name of filesIn(join(bundle, 'icons'), '*.png')) {
    copy(`dist/icons/${name}`, join(bundle, 'icons', name));
  }
  for (const [name, patterns] of Object.entries(pictureLibrary)) {
    const from = packageFolder(root, name);
    for (const pattern of patterns) {
      for (const file of filesIn(from, pattern)) copy(`node_modules/${name}/${file}`, join(from, file));
    }
  }
}

/** What both bundles were made of, and the font. The picture library's packages bring their own files. */
function packageLicences(root: string, bundle: string): string {
  const font = packageFolder(root, '@fontsource-variable/inter');
  return [
    readFileSync(join(bundle, licences), 'utf8'),
    readFileSync(join(bundle, 'renderer', licences), 'utf8'),
    `## Inter\n\n${readFileSync(join(font, 'LICENSE'), 'utf8')}`,
  ].join('\n');
}

/** What Electron and the updater read; what else is in the checkout's manifest is for people who work on it. */
function appManifest(root: string): Readonly<Record<string, unknown>> {
  const manifest: Readonly<Record<string, unknown>> = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const { name, version, description, license, type } = manifest;
  return {
    name,
    productName: 'Hoist',
    version,
    description,
    license,
    author: 'Hoist',
    type,
    main: `dist/${main}`,
    // Wayland and X11 find the window's icon and name by it.
    desktopName: 'hoist.desktop',
  };
}

/** Half the size; functions and classes keep their names, which is what a stack trace is read for. */
function minified(name: string, code: string): string {
  const result = minifySync(name, code, {
    module: name.endsWith('.js'),
    compress: { target: 'es2024', keepNames: { function: true, class: true } },
    mangle: { keepNames: true },
  });
  const [error] = result.errors;
  if (error !== undefined) throw new Error(`${name} could not be made small: ${error.message}`);
  return result.code;
}

/** Sorted; a pattern that finds nothing is an error: then the packed app would lack something. */
function filesIn(folder: string, pattern: string): readonly string[] {
  const found = globSync(pattern, { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    );
  if (found.length === 0) throw new Error(`There is no ${pattern} in ${folder}.`);
  return found.sort();
}

function packageFolder(root: string, name: string): string {
  const modules = join(root, 'node_modules');
  // npm keeps below a package what only that one wants; there it is found first, as Node does.
  const below = Object.keys(pictureLibrary).map((owner) => join(modules, owner, 'node_modules', name));
  const places = [...below, join(modules, name)];
  const folder = places.find((place) => existsSync(join(place, 'package.json')));
  if (folder === undefined) throw new Error(`The package ${name} is not installed: run npm ci.`);
  return folder;
}
