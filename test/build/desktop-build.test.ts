import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { build } from 'vite';
import { expect, test } from 'vitest';
import { hostRequestNames } from '#shared/desktop-bridge.ts';
import { preloadBuild } from '../../build/desktop-build.ts';
import { temporaryDirectory } from '../support/temporary.ts';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

/** As Electron runs it in a sandboxed page: one script, and a `require` that knows one name. */
async function runPreload() {
  const outDir = await temporaryDirectory();
  const config = preloadBuild(root);
  await build({ ...config, logLevel: 'silent', build: { ...config.build, outDir } });
  const files = readdirSync(outDir);
  const required: string[] = [];
  const sent: (readonly unknown[])[] = [];
  const invoked: (readonly unknown[])[] = [];
  const listeners = new Map<string, (event: unknown, value: unknown) => void>();
  const exposed = new Map<string, Record<string, (...args: readonly unknown[]) => unknown>>();
  const electron = {
    contextBridge: { exposeInMainWorld: (name: string, api: never) => void exposed.set(name, api) },
    ipcRenderer: {
      on: (channel: string, listener: (event: unknown, value: unknown) => void) =>
        listeners.set(channel, listener),
      off: (channel: string) => listeners.delete(channel),
      send: (...args: readonly unknown[]) => void sent.push(args),
      invoke: (...args: readonly unknown[]) => void invoked.push(args),
    },
    webUtils: { getPathForFile: (file: { readonly path?: string }) => file.path ?? '' },
  };
  const context = createContext({
    require(name: string) {
      required.push(name);
      return name === 'electron' ? electron : undefined;
    },
  });
  runInContext(readFileSync(`${outDir}/preload.cjs`, 'utf8'), context);
  return { files, required, sent, invoked, listeners, exposed };
}

test('the preload script is one file that needs Electron and nothing else', async () => {
  const { files, required, exposed } = await runPreload();
  expect(files).toEqual(['preload.cjs']);
  expect(new Set(required)).toEqual(new Set(['electron']));
  expect([...exposed.keys()]).toEqual(['hoist']);
});

test('it gives functions, one for each thing a page may want, and no path of a page goes through', async () => {
  const { exposed, invoked } = await runPreload();
  const bridge = exposed.get('hoist') ?? {};
  const others = ['send', 'connect', 'takeFiles', 'onCommand', 'onGoTo', 'onGiven'];
  const requests = hostRequestNames.filter((name) => name !== 'takePaths');
  expect(Object.keys(bridge).sort()).toEqual([...requests, ...others].sort());
  expect(Object.values(bridge).every((value) => typeof value === 'function')).toBe(true);
  bridge.takeFiles?.([{ path: '/from/the/system' }, {}]);
  bridge.openLink?.(7, 'https://a/');
  expect(JSON.parse(JSON.stringify(invoked))).toEqual([
    ['hoist:request:takePaths', ['/from/the/system', '']],
    ['hoist:request:openLink', 7, 'https://a/'],
  ]);
});

test('a page hears values, never an event; what it took is told, whatever it makes of it', async () => {
  const { exposed, sent, listeners } = await runPreload();
  const bridge = exposed.get('hoist') ?? {};
  const heard: (readonly unknown[])[] = [];
  const stop = bridge.onCommand?.((...args: readonly unknown[]) => heard.push(args));
  listeners.get('hoist:command')?.({ sender: 'secret' }, 'queue.pause');
  expect(heard).toEqual([['queue.pause']]);
  (stop as () => void)();
  expect(listeners.has('hoist:command')).toBe(false);
  bridge.connect?.((text: unknown) => {
    heard.push([text]);
    throw new Error('the page is broken');
  });
  expect(sent).toEqual([['hoist:hello']]);
  expect(() => listeners.get('hoist:message')?.({}, '{"hoist":1}')).toThrow('broken');
  expect(sent.at(-1)).toEqual(['hoist:taken', 11]);
  expect(() => listeners.get('hoist:gone')?.({}, undefined)).toThrow('broken');
  expect(heard.slice(1)).toEqual([['{"hoist":1}'], [null]]);
});
