/** How the screens become a page: what goes in, and how it comes out. */
import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import type { InlineConfig, Plugin } from 'vite';

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
    plugins: [react(), tailwindcss(), announceScreens()],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'chrome140',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      // Of all packages that end up in it: whoever passes the bundle on passes these on.
      license: { fileName: 'licences.md' },
      // It comes from this very machine: few files are read faster than many.
      chunkSizeWarningLimit: 2000,
    },
  };
}

/** Lets the page name what its first script will ask for, so that both are fetched at once. */
function announceScreens(): Plugin {
  return {
    name: 'announce-screens',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {}, chunk }) => {
        const known = [chunk?.fileName, ...(chunk?.imports ?? [])];
        const wanted = (chunk?.dynamicImports ?? []).flatMap((file) => {
          const screens = bundle[file];
          return screens?.type === 'chunk' ? [...screens.imports, file] : [];
        });
        return wanted
          .filter((file) => !known.includes(file))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href: `./${file}` },
            injectTo: 'head',
          }));
      },
    },
  };
}
