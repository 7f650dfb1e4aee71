/** How the screens become a page: what goes in, and how it comes out. */
import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import type { InlineConfig } from 'vite';

/**
 * The page lies in a folder `renderer` beside the engine's bundle. No inline scripts or styles and no data: addresses, so
 * that it can be served with a strict content security policy; relative addresses, so that any host can serve it.
 */
export function rendererBuild(outDir: string): InlineConfig {
  return {
    root: fileURLToPath(new URL('../renderer', import.meta.url)),
    configFile: false,
    base: './',
    publicDir: false,
    envDir: false,
    plugins: [react(), tailwindcss()],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'chrome140',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      // Of all packages that end up in it: whoever passes the bundle on passes these on.
      license: { fileName: 'licences.md' },
      // It comes from this very machine: one file is read faster than many.
      chunkSizeWarningLimit: 2000,
    },
  };
}
