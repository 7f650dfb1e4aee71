/** How the engine becomes a bundle: what goes in, and how it comes out. */
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type InlineConfig, normalizePath, type Plugin } from 'vite';
import { leanBuiltins } from './lean-builtins.ts';

/**
 * The command line, the desktop app, and every worker that some part starts, by the name of its file in `dist/`. They lie beside each
 * other there, so two workers of one name would overwrite each other: that throws.
 */
export function engineEntries(root: string): Readonly<Record<string, string>> {
  const paths = globSync(['electron/headless/cli.ts', 'electron/main.ts', 'electron/**/*-worker.ts'], {
    cwd: root,
  }).sort();
  const entries: Record<string, string> = {};
  for (const path of paths) {
    const name = basename(path, '.ts');
    if (entries[name] !== undefined) throw new Error(`Two entries are named ${name}: ${path} is the second.`);
    entries[name] = `${root}/${path}`;
  }
  if (paths.length === 0) throw new Error(`No entry was found under ${root}/electron.`);
  return entries;
}

/**
 * A build for Node 24. Flat: the code finds a worker by `new URL('./x-worker.js', import.meta.url)`, whichever chunk that
 * line ends up in. Packages are bundled: Node then opens a dozen files instead of hundreds, and the bundle runs without
 * node_modules. Not minified: names in a stack trace are worth more than the few ms that the compile cache saves anyway.
 * Source maps only when asked for (`npm run build -- --sourcemap`).
 */
export function engineBuild(root: string): InlineConfig {
  return {
    root,
    configFile: false,
    // Copied as it is: the pictures for the tray and the window's frame, in `icons/`.
    publicDir: `${root}/build/icons/bundled`,
    // Nothing here is meant for a browser: no environment files.
    envDir: false,
    plugins: [ownManifest(`${root}/package.json`), leanBuiltins()],
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      target: 'node24',
      outDir: 'dist',
      emptyOutDir: true,
      minify: false,
      sourcemap: false,
      reportCompressedSize: false,
      // Of all packages that end up in it: whoever passes the bundle on passes these on.
      license: { fileName: 'licences.md' },
      rolldownOptions: {
        input: { ...engineEntries(root) },
        // Electron is there when it runs; the image library is native, and optional.
        external: ['electron', 'sharp'],
        // No file of ours does anything by being read, but for the entries: whoever takes one thing from an index.ts then
        // reads that, and not all that lies behind it.
        treeshake: {
          moduleSideEffects: [{ test: /[\\/](electron|shared)[\\/].+\.ts$/, sideEffects: false }],
        },
        output: {
          format: 'esm',
          entryFileNames: '[name].js',
          // A module that only the build knows has a mark before its name.
          chunkFileNames: ({ name }) => `${name.replace(/^_/, '')}-[hash].js`,
        },
      },
    },
  };
}

/** The code asks our manifest for the version: no need to hand on all that is in it. */
function ownManifest(path: string): Plugin {
  return {
    name: 'own-manifest',
    enforce: 'pre',
    load: {
      filter: { id: /package\.json$/ },
      handler(id) {
        if (normalizePath(id) !== normalizePath(path)) return null;
        const { name, version }: Readonly<Record<string, unknown>> = JSON.parse(readFileSync(path, 'utf8'));
        return JSON.stringify({ name, version });
      },
    },
  };
}
