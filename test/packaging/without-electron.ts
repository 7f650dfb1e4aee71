/**
 * `node --import` of this lets the packed main process run in Node: whatever it asks of Electron is there and does nothing,
 * but for what the engine's start depends on. Enough to prove that all its files are there; what it does with Electron is
 * proven elsewhere.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

const nothing = (): object =>
  new Proxy(() => {}, {
    get: (_, key) => (key === 'then' || typeof key === 'symbol' ? undefined : nothing()),
    apply: nothing,
    construct: nothing,
  });

/** What the start waits for or decides by. */
const answers: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  app: {
    isPackaged: true,
    whenReady: () => Promise.resolve(),
    requestSingleInstanceLock: () => true,
    getPath: tmpdir,
    getVersion: () => '0.0.0',
    exit: (code = 0) => process.exit(code),
  },
  safeStorage: {
    getSelectedStorageBackend: () => 'basic_text',
    isAsyncEncryptionAvailable: () => Promise.resolve(false),
  },
};

const withAnswers = (known: Readonly<Record<string, unknown>>): object =>
  new Proxy(nothing(), {
    get: (target, key) => known[String(key)] ?? Reflect.get(target, key),
  });

const electron = withAnswers(
  Object.fromEntries(Object.entries(answers).map(([name, known]) => [name, withAnswers(known)])),
);

Object.assign(globalThis, { standsForElectron: electron });
// As Electron starts it from a folder: the first argument is the app.
Object.assign(process, { defaultApp: true, resourcesPath: tmpdir() });
Object.defineProperty(process.versions, 'electron', { value: '45.0.0' });

const prefix = 'nothing:';
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: prefix + (context.parentURL ?? ''), format: 'module', shortCircuit: true }
      : next(specifier, context),
  load: (url, context, next) =>
    url.startsWith(prefix)
      ? { format: 'module', source: moduleFor(url.slice(prefix.length)), shortCircuit: true }
      : next(url, context),
});

/** A module that exports the names by which this file imports it. */
function moduleFor(importer: string): string {
  const text = readFileSync(fileURLToPath(importer), 'utf8');
  const names = [
    ...text.matchAll(/import\s*(?:\w+\s*,\s*)?\{([^}]*)\}\s*from\s*["'`]electron["'`]/g),
  ].flatMap(([, list = '']) => list.split(',').map((name) => name.trim().split(/\s+as\s+/)[0] ?? ''));
  const exported = [...new Set(names)].map((name) => `export const ${name} = electron.${name};`);
  return ['const electron = globalThis.standsForElectron;', 'export default electron;', ...exported].join(
    '\n',
  );
}
