/**
 * What a page may, and who may speak to the main process. Proves: our handlers refuse foreign senders, navigation,
 * windows, web views, permissions and requests; our protocol serves nothing outside of the bundle and sends a policy that
 * Chromium keeps; our preload script gives the page no more than its functions. Cannot prove: that Electron's binary asks
 * these handlers, its sandbox, and the isolation of its worlds.
 */
import { dirname, join } from 'node:path';
import { describe, expect } from 'vitest';
import { greetingMessage } from '#shared/wire.ts';
import type { Desktop } from './harness/desktop.ts';
import type { FrameFacts } from './messages.ts';
import { openUploads } from './support/desktop-uploads.ts';
import { test } from './support/with-desktop.ts';

const first = async (desktop: Desktop) => (await desktop.look()).windows[0]?.id ?? 0;

test('it boots in order: sandbox and scheme before it is ready, one window after', async ({ open }) => {
  const desktop = await open();
  const sight = await desktop.look();
  expect(sight.story.slice(0, 4)).toEqual(['main', 'will-finish-launching', 'ready', 'window-created']);
  // Both throw in Electron, and here, once the app is ready.
  expect(sight.isSandboxed).toBe(true);
  expect(sight.privilegedSchemes).toMatchObject([{ scheme: 'app', standard: true, secure: true }]);
  for (const privilege of ['bypassCSP', 'corsEnabled', 'allowServiceWorkers', 'allowExtensions']) {
    expect(sight.privilegedSchemes[0]?.[privilege] ?? false, privilege).toBe(false);
  }
  expect(sight.windows).toHaveLength(1);
  expect(sight.windows[0]?.webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    nodeIntegrationInWorker: false,
    webSecurity: true,
    webviewTag: false,
  });
  expect(sight.windows[0]?.webPreferences).not.toHaveProperty('enableBlinkFeatures');
});

describe('who may speak', () => {
  const ours = { url: 'app://bundle/#/uploads', isMainFrame: true, documentId: 1 };
  const strangers: readonly (readonly [string, FrameFacts])[] = [
    ['another origin', { ...ours, url: 'https://elsewhere.example/' }],
    ['an origin that begins like ours', { ...ours, url: 'app://bundle.elsewhere.example/' }],
    ['another scheme', { ...ours, url: 'file:///bundle/index.html' }],
    ['a frame in our page', { ...ours, isMainFrame: false }],
    ['a document that is gone', { ...ours, documentId: 0 }],
  ];
  /** What the app answers to a sender: a refusal as an error, or a value. */
  const invokeAs = async (desktop: Desktop, frame: FrameFacts, channel: string, args = '[]') =>
    desktop.ask
      .ipc({ windowId: await first(desktop), kind: 'invoke', channel, args, frame })
      .catch((error: unknown) => String(error));

  test('our page itself, and no other', async ({ open }) => {
    const desktop = await open();
    await openUploads(desktop);
    const channel = 'hoist:request:copyText';
    expect(await invokeAs(desktop, ours, channel, '["ours"]')).toContain('"ok":true');
    for (const [who, frame] of strangers) {
      expect(await invokeAs(desktop, frame, channel, '["theirs"]'), who).toContain(
        'This sender is not one of our windows.',
      );
      // A greeting would mean that a session was opened for them.
      const before = desktop.crossings.length;
      await desktop.ask.ipc({
        windowId: await first(desktop),
        kind: 'send',
        channel: 'hoist:hello',
        args: '[]',
        frame,
      });
      await invokeAs(desktop, ours, channel, '["ours"]');
      const greetings = desktop.crossings
        .slice(before)
        .filter(({ text }) => text.includes(JSON.stringify(greetingMessage()).slice(1, -1)));
      expect(greetings, who).toEqual([]);
    }
    expect((await desktop.look()).clipboard).toBe('ours');
  });

  test('and only in words that are known', async ({ open }) => {
    const desktop = await open();
    await desktop.page();
    const wrong: readonly (readonly [string, string])[] = [
      ['hoist:request:noSuchRequest', '[]'],
      ['hoist:request:copyText', '[1]'],
      ['hoist:request:copyText', '[]'],
      ['hoist:request:copyText', '["a","b"]'],
      ['hoist:request:showInFolder', '["/etc/passwd"]'],
      ['hoist:request:openLink', '[1]'],
      ['hoist:request:takePaths', '[{"$":"undefined"}]'],
    ];
    for (const [channel, args] of wrong) {
      expect(await invokeAs(desktop, ours, channel, args), `${channel} ${args}`).toMatch(/^Error/);
    }
    const { shownInFolder, openedAddresses, clipboard } = await desktop.look();
    expect([shownInFolder, openedAddresses, clipboard]).toEqual([[], [], '']);
  });
});

test('a page gets functions, and nothing else', async ({ open }) => {
  const desktop = await open();
  const page = await desktop.page();
  expect(
    await page.evaluate(() => {
      const bridge = (window as unknown as { hoist: Readonly<Record<string, unknown>> }).hoist;
      return {
        kinds: [...new Set(Object.values(bridge).map((value) => typeof value))],
        isFrozen: Object.isFrozen(bridge),
        globals: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter(
          (name) => name in window,
        ),
      };
    }),
  ).toEqual({ kinds: ['function'], isFrozen: true, globals: [] });
});

test('a page that is led elsewhere stays; windows, web views and permissions are refused', async ({
  open,
}) => {
  const desktop = await open();
  const { page } = await openUploads(desktop);
  const id = await first(desktop);
  const elsewhere = 'https://elsewhere.example/';
  await page.evaluate((url) => {
    location.href = url;
  }, elsewhere);
  await expect.poll(() => desktop.requests.prevented).toEqual([elsewhere]);
  await page.evaluate((url) => {
    const link = document.createElement('a');
    Object.assign(link, { href: `${url}link`, target: '_blank' });
    document.body.append(link);
    link.click();
  }, elsewhere);
  await desktop.whenSeen('the refusal', ({ windowOpens }) => windowOpens.length === 1);
  await expect.poll(() => page.context().pages()).toHaveLength(1);
  const sight = await desktop.look();
  expect(sight.windowOpens).toEqual([{ url: `${elsewhere}link`, decision: 'deny' }]);
  expect(sight.openedAddresses).toEqual([]);
  expect(desktop.requests.outside).toEqual([]);
  await page.getByRole('heading', { level: 1, name: 'Uploads' }).waitFor();

  for (const happening of [
    { kind: 'will-navigate', url: elsewhere, isMainFrame: false },
    { kind: 'will-navigate', url: 'app://bundle/index.html', isMainFrame: false },
    { kind: 'will-navigate', url: 'file:///etc/passwd', isMainFrame: true },
    { kind: 'will-navigate', url: 'app://elsewhere/index.html', isMainFrame: true },
    { kind: 'will-redirect', url: elsewhere, isMainFrame: true },
  ] as const) {
    expect(await desktop.ask.page(id, happening), JSON.stringify(happening)).toBe(true);
  }
  expect(await desktop.ask.webviewAttached(id, elsewhere)).toBe(true);
  for (const permission of [
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'openExternal',
    'hid',
  ]) {
    expect(await desktop.ask.permission(id, permission, 'app://bundle/'), permission).toEqual({
      asked: false,
      checked: false,
    });
  }
  for (const url of [elsewhere, 'http://127.0.0.1:1/', 'ws://elsewhere.example/', 'file:///etc/passwd']) {
    expect(await desktop.ask.mayRequest(url, 'xhr'), url).toBe(false);
  }
});

test('a folder whose path was typed is watched when the system has asked, one that was chosen at once', async ({
  open,
}) => {
  const desktop = await open();
  const { page } = await openUploads(desktop);
  const typed = dirname(await desktop.write('typed/a.txt', 'a'));
  const chosen = dirname(await desktop.write('chosen/b.txt', 'b'));
  const dialog = page.getByRole('dialog', { name: 'Watch a folder' });
  const question = async (button: string) => {
    const { id } = await desktop.whenSeen('the question', ({ dialogs }) =>
      dialogs.find((shown) => shown.kind === 'message' && JSON.stringify(shown).includes(typed)),
    );
    await desktop.act({ kind: 'answer-message', id, button });
  };
  await page.keyboard.press('Control+Shift+O');
  await dialog.getByRole('combobox', { name: 'Folder' }).fill(typed);
  await dialog.getByRole('button', { name: 'Watch this folder' }).click();
  await question('Cancel');
  await dialog.getByText('You chose not to use this folder.').waitFor();
  await dialog.getByRole('button', { name: 'Watch this folder' }).click();
  await question('Use the folder');
  await dialog.waitFor({ state: 'detached' });

  await page.keyboard.press('Control+Shift+O');
  await dialog.getByRole('button', { name: 'Browse…' }).click();
  const { id } = await desktop.whenSeen('the dialog for folders', ({ dialogs }) =>
    dialogs.find(({ kind }) => kind === 'open'),
  );
  await desktop.act({ kind: 'answer-paths', id, paths: [chosen] });
  await expect.poll(() => dialog.getByRole('combobox', { name: 'Folder' }).inputValue()).toBe(chosen);
  await dialog.getByRole('button', { name: 'Watch this folder' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect((await desktop.look()).dialogs).toEqual([]);
});

describe('what is served', () => {
  const ask = (desktop: Desktop, url: string, method = 'GET') =>
    desktop.ask.fetch({ url, method, headers: {}, body: null });

  test('the page with a policy that lets it reach nothing', async ({ open }) => {
    const desktop = await open();
    await desktop.page();
    const answer = await ask(desktop, 'app://bundle/');
    const headers = answer?.headers ?? {};
    const policy = headers['content-security-policy'] ?? '';
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "connect-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ]) {
      expect(policy.split(/; */), part).toContain(part);
    }
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test('nothing outside of the bundle, and nothing but reading', async ({ open }) => {
    const desktop = await open();
    await desktop.page();
    const paths = [
      'app://bundle/../package.json',
      'app://bundle/..%2fpackage.json',
      'app://bundle/%2e%2e/%2e%2e/etc/passwd',
      'app://bundle/..%5cmain.js',
      'app://bundle/main.js',
      'app://bundle//etc/passwd',
      'app://bundle/index.html%00.png',
      'app://elsewhere/index.html',
      `app://bundle/${join(desktop.dataDir, 'config.json')}`,
      'app://bundle/thumbnail/../../index.html',
      'app://bundle/thumbnail/1?size=9999',
    ];
    for (const url of paths) {
      const answer = await ask(desktop, url);
      expect(answer === null || answer.status >= 400, url).toBe(true);
    }
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const answer = await ask(desktop, 'app://bundle/', method);
      expect(answer === null || answer.status >= 400, method).toBe(true);
    }
  });

  test('Chromium keeps the policy: neither network, nor frames, nor inline scripts', async ({ open }) => {
    const desktop = await open();
    const page = await desktop.page();
    const tried = await page.evaluate(async () => {
      const refused: string[] = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
        refused.push(effectiveDirective),
      );
      const fetched = await fetch('https://elsewhere.example/').then(
        () => 'went',
        () => 'refused',
      );
      const inline = document.createElement('script');
      inline.textContent = 'window.ran = true';
      document.body.append(inline);
      const image = new Image();
      const loaded = new Promise((resolve) => {
        image.onload = () => resolve('went');
        image.onerror = () => resolve('refused');
      });
      image.src = 'https://elsewhere.example/a.png';
      const frame = document.createElement('iframe');
      frame.src = 'https://elsewhere.example/';
      document.body.append(frame);
      const picture = await loaded;
      // What was refused is told by events of their own, which come when the page gets to them.
      while (new Set(refused).size < 3) await new Promise((resolve) => requestAnimationFrame(resolve));
      return { fetched, picture, ran: 'ran' in window, refused };
    });
    expect(tried).toMatchObject({ fetched: 'refused', picture: 'refused', ran: false });
    expect(tried.refused).toEqual(expect.arrayContaining(['connect-src', 'script-src-elem', 'img-src']));
    expect(desktop.requests.outside).toEqual([]);
    // These complaints were asked for; the frame's comes last.
    await expect.poll(() => desktop.complaints.join('\n')).toContain('Framing');
    desktop.complaints.length = 0;
  });
});
