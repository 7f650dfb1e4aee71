/** How the preload script of the desktop's windows becomes a file. The main process is built with the engine. */
import type { InlineConfig } from 'vite';

/**
 * One file in CommonJS: a sandboxed preload script cannot load modules, and of packages nothing but `electron`. Beside the
 * engine's bundle, so it is built after that, which empties the folder.
 */
export function preloadBuild(root: string): InlineConfig {
  return {
    root,
    configFile: false,
    publicDir: false,
    envDir: false,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      target: 'chrome140',
      outDir: 'dist',
      emptyOutDir: false,
      minify: false,
      sourcemap: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: { preload: `${root}/electron/preload.ts` },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  };
}
