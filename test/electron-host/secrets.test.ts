/**
 * The secrets of a whole run, searched for byte by byte: the real keys, the real headers, and the real signatures of every
 * upload link, in every file, in everything printed and logged, in every message between pages and main process, in what
 * the pages show, in argv, notifications and menus. Proves: our code puts none of them anywhere, except sealed. Cannot
 * prove: what Electron's binary and the system's keychain write by themselves.
 */
import diagnostics from 'node:diagnostics_channel';
import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { describe, expect, onTestFinished } from 'vitest';
import { startDemo } from '#demo';
import { randomFile } from '../support/temporary.ts';
import type { Desktop } from './harness/desktop.ts';
import type { Machine } from './messages.ts';
import { openUploads } from './support/desktop-uploads.ts';
import { test } from './support/with-desktop.ts';

/** What gives permission, of every request that the services in this process got. */
function gatherSecrets(): ReadonlySet<string> {
  const secrets = new Set<string>();
  const note = (name: string, value: string) => {
    // `X-Amz-Credential` only names the account: links for reading, which a person is given, say it as well.
    if (/signature|token|policy/i.test(name) && value.length >= 16) secrets.add(value);
  };
  const look = (message: unknown) => {
    const { request } = message as { readonly request: IncomingMessage };
    const { authorization } = request.headers;
    if (authorization !== undefined) secrets.add(authorization.replace(/^\w+ /, ''));
    for (const name of ['x-api-key', 'x-amz-security-token']) {
      const value = request.headers[name];
      if (typeof value === 'string') secrets.add(value);
    }
    // A link for reading is what a person is given; one for writing is nobody's business.
    if (request.method === 'GET' || request.method === 'HEAD') return;
    for (const [name, value] of new URL(request.url ?? '/', 'http://service').searchParams) {
      note(name, value);
    }
    readForm(request, note);
  };
  diagnostics.subscribe('http.server.request.start', look);
  onTestFinished(() => void diagnostics.unsubscribe('http.server.request.start', look));
  return secrets;
}

/** The fields of a form that goes up with its file, read in passing: the service reads it all the same. */
function readForm(request: IncomingMessage, note: (name: string, value: string) => void): void {
  if (!request.headers['content-type']?.startsWith('multipart/form-data')) return;
  const push = request.push.bind(request);
  let head = '';
  request.push = (chunk: Buffer | null, ...rest) => {
    if (chunk !== null && head.length < 16_384) {
      head += chunk.toString('latin1');
      for (const [, name = '', value = ''] of head.matchAll(/name="([^"]+)"\r\n\r\n([^\r]+)\r\n/g))
        note(name, value);
    }
    return push(chunk, ...rest);
  };
}

async function filesOf(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

/** Where a secret was found, in all that a run left or showed. */
async function leaks(desktop: Desktop, secrets: Iterable<string>): Promise<readonly string[]> {
  const service = join(desktop.dataDir, 'demo');
  const paths = (await filesOf(desktop.home)).filter((path) => !path.startsWith(service));
  const places: (readonly [string, Buffer])[] = [
    ...(await Promise.all(paths.map(async (path) => [path, await readFile(path)] as const))),
    ['printed', Buffer.from(desktop.printed())],
    ['argv', Buffer.from(JSON.stringify(desktop.argvs))],
    ...desktop.crossings.map(
      ({ direction, channel, text }) => [`${channel} ${direction}`, Buffer.from(text)] as const,
    ),
    ...desktop.pictures.map((text, index) => [`sight ${index}`, Buffer.from(text)] as const),
  ];
  const found: string[] = [];
  for (const secret of secrets) {
    // As it is, as it stands in an address, and as base64 begins it.
    const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64').slice(0, -4)];
    for (const form of new Set(forms)) {
      for (const [place, bytes] of places) if (bytes.includes(form)) found.push(`${place}: ${form}`);
    }
  }
  return found;
}

const keyrings: readonly Machine['keyring'][] = ['strong', 'weak', 'none'];

describe.each(keyrings)('where the keychain is %s', (keyring) => {
  test('no key, no header and no signature is anywhere but sealed', async ({ create }) => {
    const secrets = new Set<string>();
    const gathered = gatherSecrets();
    const desktop = await create({ machine: { keyring } });
    const demo = await startDemo({ directory: join(desktop.dataDir, 'demo'), clockScale: 20 });
    onTestFinished(() => demo.close());
    const { runflow, flora, cyberun } = demo.address;
    await desktop.start();
    const { page, uploads } = await openUploads(desktop);

    // An account of one's own, whose key is right, and one whose key is not.
    const wrong = 'sk_live_typed_by_a_person_0123456789';
    const add = (name: string, key: string) =>
      desktop.hoistWithKey(
        key,
        'destinations',
        'add',
        name,
        '--kind',
        'runflow',
        '--base-url',
        runflow.baseUrl,
      );
    expect((await add('mine', runflow.key)).code).toBe(0);
    await add('other', wrong);
    // The store refuses and breaks off now and then, so that errors are written, too.
    demo.setFaults({
      status: { value: 403, stage: 'upload', first: 2 },
      dropAfterBytes: { value: 100, stage: 'upload', first: 2 },
    });
    const files = await Promise.all(
      ['a.png', 'b.png', 'c.png'].map((name) => randomFile(desktop.files, name, 40_000)),
    );
    await desktop.drop(files.map(({ path }) => path));
    for (const { name } of files) await uploads.whenState(name, 'Ready');
    // 3: somebody has to see to the key that was refused.
    for (const [to, code] of Object.entries({ 'demo-runflow': 0, 'demo-cyberun': 0, mine: 0, other: 3 })) {
      const { path } = await randomFile(desktop.files, `to ${to}.png`, 20_000);
      expect((await desktop.hoist('upload', path, '--to', to)).code, to).toBe(code);
    }
    await desktop.act({ kind: 'blur-windows' });
    await desktop.hoist(
      'upload',
      (await randomFile(desktop.files, 'last.png', 500)).path,
      '--to',
      'demo-flora',
    );
    await desktop.whenSeen('a notification', ({ notifications }) => notifications.length > 0);
    // Bugs are logged with what was at hand: an address, a header.
    const signature = [...gathered].find((value) => /^[0-9a-f]{64}$/.test(value));
    expect(signature).toBeDefined();
    await desktop.see();
    await desktop.act({
      kind: 'throw',
      message: `PUT http://127.0.0.1/o?X-Amz-Signature=${signature} failed, authorization: Bearer ${flora.key}`,
    });
    expect(await desktop.process().ended).toMatchObject({ code: 1 });
    await desktop.start();
    await (await desktop.page()).getByRole('heading', { level: 1, name: 'Uploads' }).waitFor();
    await desktop.see();
    await desktop.act({ kind: 'quit' }).catch(() => {});
    await desktop.process().ended;
    expect(page.isClosed()).toBe(true);

    for (const secret of [wrong, runflow.key, flora.key, cyberun.key, ...gathered]) secrets.add(secret);
    // The search looks for something: keys, and signatures of every file.
    expect(gathered).toContain(flora.key);
    expect(gathered.size).toBeGreaterThan(8);
    expect(await leaks(desktop, secrets)).toEqual([]);
    // And it finds what is there.
    expect(await leaks(desktop, ['to demo-runflow.png'])).not.toEqual([]);

    const names = (await filesOf(desktop.dataDir)).map((path) => path.slice(desktop.dataDir.length + 1));
    expect(names).toEqual(
      expect.arrayContaining(['hoist.db', 'config.json', 'secrets.json', join('logs', 'hoist.log')]),
    );
    // The key of all keys lies beside them only where no keychain keeps it.
    expect(names.includes('hoist.key')).toBe(keyring !== 'strong');
  });
});
