/** Makes one script of the preload world, to be put before a preload script. */
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';

let bundled: Promise<string> | null = null;

/** The text of a script that leaves `runPreload` under the name `preloadWorld` in its scope. */
export function preloadWorldScript(): Promise<string> {
  bundled ??= make();
  return bundled;
}

async function make(): Promise<string> {
  const result = await build({
    configFile: false,
    envFile: false,
    publicDir: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'chrome140',
      minify: false,
      lib: {
        entry: fileURLToPath(new URL('./preload-world.ts', import.meta.url)),
        formats: ['iife'],
        name: 'preloadWorld',
      },
    },
  });
  const [first] = (Array.isArray(result) ? result : [result]) as Rolldown.RolldownOutput[];
  const code = first?.output[0].code;
  if (code === undefined) throw new Error('The preload world could not be bundled.');
  return code;
}
