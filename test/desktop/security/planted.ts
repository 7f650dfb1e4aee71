/** Changes that break the list, one by one. */

const preferences = 'electron/desktop/window/web-preferences.ts';
const lockDown = 'electron/desktop/window/lock-down.ts';
const windows = 'electron/desktop/window/windows.ts';
const hostRequests = 'electron/desktop/window/host-requests.ts';
const protocol = 'electron/desktop/window/app-protocol.ts';
const main = 'electron/main.ts';
const preload = 'electron/preload.ts';
const serveElectron = 'electron/ipc/serve-electron.ts';
export const room = 'electron/desktop/somewhere.ts';
const screen = 'renderer/somewhere.tsx';
const packing = 'build/somewhere.ts';

const goodFuses = `runAsNode: false, enableNodeOptionsEnvironmentVariable: false, enableNodeCliInspectArguments: false,
  enableCookieEncryption: true, enableEmbeddedAsarIntegrityValidation: true, onlyLoadAppFromAsar: true,
  grantFileProtocolExtraPrivileges: false`;

/** What a change would have to look like that breaks the rule: a new file, or a part of one put in the place of another. */
export interface Planted {
  readonly rule: string;
  readonly path: string;
  readonly text: string;
  /** What it takes the place of; absent: the file is new. */
  readonly instead: string | undefined;
}

const changes: readonly (readonly [rule: string, path: string, text: string, instead?: string])[] = [
  ['windows load our own page and nothing else', room, "window.loadURL('https://example.com')"],
  ['windows load our own page and nothing else', room, "view.webContents.loadFile('index.html')"],
  ['windows load our own page and nothing else', windows, 'loadURL(at)', 'loadURL(pageAddress(at))'],
  ['windows load our own page and nothing else', screen, "const a = <img src='https://example.com/a.png' />"],
  ['no Node in a page, a worker or a frame', preferences, 'nodeIntegration: true', 'nodeIntegration: false'],
  ['no Node in a page, a worker or a frame', room, 'x({ nodeIntegrationInSubFrames: true })'],
  ['no Node in a page, a worker or a frame', preferences, '', 'nodeIntegrationInWorker: false,'],
  ['pages are isolated from the preload script', room, 'x({ contextIsolation: isIsolated })'],
  ['pages are isolated from the preload script', preferences, '', 'contextIsolation: true,'],
  ['every process of a page is sandboxed', preferences, 'sandbox: false', 'sandbox: true'],
  ['every process of a page is sandboxed', main, '', 'app.enableSandbox();'],
  ['every process of a page is sandboxed', room, "args.push('--no-sandbox')"],
  ['no permission is given', lockDown, '() => true', '() => false'],
  ['no permission is given', lockDown, 'keep', 'session.setPermissionRequestHandler'],
  ['no permission is given', room, 'session.setPermissionRequestHandler((a, b, c) => c(true))'],
  ['no permission is given', room, "const own = session.fromPartition('persist:a')"],
  [
    'no permission is given',
    main,
    'ignore(app, session.defaultSession',
    'lockDown(app, session.defaultSession',
  ],
  ['the same-origin policy is on', preferences, 'webSecurity: false', 'webSecurity: true'],
  ['the same-origin policy is on', room, "args.push('disable-web-security')"],
  [
    'the whole content security policy stands on every answer',
    protocol,
    '"script-src \'self\' blob:"',
    '"script-src \'self\'"',
  ],
  [
    'the whole content security policy stands on every answer',
    protocol,
    '"connect-src \'self\'"',
    '"connect-src \'none\'"',
  ],
  [
    'the whole content security policy stands on every answer',
    room,
    'const policy = "style-src \'unsafe-inline\'"',
  ],
  ['the whole content security policy stands on every answer', room, 'x({ bypassCSP: true })'],
  ['no insecure content', room, 'x({ allowRunningInsecureContent: true })'],
  ['nothing experimental', room, 'x({ experimentalFeatures: true })'],
  ['no features of Blink are switched on', room, "x({ enableBlinkFeatures: 'PreciseMemoryInfo' })"],
  ['no web views, and none that opens windows', screen, 'const a = <webview src="a" />'],
  ['no web views, and none that opens windows', screen, 'const a = <div allowpopups />'],
  ['no web views, and none that opens windows', screen, 'const a = <iframe />'],
  ['no web views, and none that opens windows', preferences, 'webviewTag: true', 'webviewTag: false'],
  ['no web views, and none that opens windows', room, 'const view = new WebContentsView()'],
  ['a web view that is attached all the same is refused', lockDown, "'will-attach'", "'will-attach-webview'"],
  ['no page leads elsewhere', lockDown, "'did-navigate'", "'will-navigate'"],
  ['no page leads elsewhere', lockDown, "'did-redirect'", "'will-redirect'"],
  ['no page leads elsewhere', lockDown, "'did-frame-navigate'", "'will-frame-navigate'"],
  ['no page leads elsewhere', preferences, 'navigateOnDragDrop: true', 'navigateOnDragDrop: false'],
  ['no page opens a window, by whatever button of the mouse', lockDown, "action: 'allow'", "action: 'deny'"],
  [
    'no page opens a window, by whatever button of the mouse',
    lockDown,
    'contents.keep(',
    'contents.setWindowOpenHandler(',
  ],
  ['no page opens a window, by whatever button of the mouse', room, 'const other = new BrowserWindow({})'],
  ['what is opened outside was looked at first', room, 'await shell.openExternal(url)'],
  ['what is opened outside was looked at first', room, 'shell.showItemInFolder(path)'],
  ['what is opened outside was looked at first', room, 'await shell.openPath(path)'],
  ['what is opened outside was looked at first', hostRequests, 'true', 'mayBeOpened(url)'],
  ['what is opened outside was looked at first', hostRequests, 'true', 'links.has(id, url)'],
  [
    'Electron is one exact version that gets fixes',
    'package.json',
    '"electron": "^45.4.1"',
    '"electron": "45.4.1"',
  ],
  [
    'Electron is one exact version that gets fixes',
    'package.json',
    '"electron": "44.1.0"',
    '"electron": "45.4.1"',
  ],
  ['every message passes the one place that looks who sends it', room, "ipcMain.handle('read', read)"],
  ['every message passes the one place that looks who sends it', room, "contents.ipc.on('read', read)"],
  [
    'every message passes the one place that looks who sends it',
    serveElectron,
    'options.hostFor(event.sender)',
    'options.hostFor(check(event))',
  ],
  [
    'one scheme of our own, with no more privileges than a page needs, and no files',
    room,
    "protocol.registerFileProtocol('x', y)",
  ],
  [
    'one scheme of our own, with no more privileges than a page needs, and no files',
    room,
    "app.setAsDefaultProtocolClient('hoist')",
  ],
  [
    'one scheme of our own, with no more privileges than a page needs, and no files',
    room,
    'x({ supportFetchAPI: true })',
  ],
  [
    'one scheme of our own, with no more privileges than a page needs, and no files',
    room,
    'const page = `file:///app`',
  ],
  [
    'every fuse is set',
    packing,
    `x({ electronFuses: fuses }); const fuses = { ${goodFuses.replace('runAsNode: false', 'runAsNode: true')} }`,
  ],
  [
    'every fuse is set',
    packing,
    `x({ electronFuses: fuses }); const fuses = { ${goodFuses.replace('onlyLoadAppFromAsar: true,', '')} }`,
  ],
  [
    'the preload script gives functions, never Electron itself',
    preload,
    '...requests, ipcRenderer,',
    '...requests,',
  ],
  [
    'the preload script gives functions, never Electron itself',
    preload,
    'listener(event, value)',
    'listener(value)',
  ],
  [
    'the preload script gives functions, never Electron itself',
    preload,
    "exposeInMainWorld('other', requests); contextBridge.exposeInMainWorld('hoist', bridge)",
    "exposeInMainWorld('hoist', bridge)",
  ],
  [
    'the preload script gives functions, never Electron itself',
    screen,
    "import { ipcRenderer } from 'electron'",
  ],
  ['the preload script gives functions, never Electron itself', preload, 'sendSync', 'send'],
  ['a bad certificate is never good enough', lockDown, 'callback(true)', 'callback(false)'],
  [
    'a bad certificate is never good enough',
    room,
    'session.setCertificateVerifyProc((request, callback) => callback(0))',
  ],
  ['a bad certificate is never good enough', lockDown, "'certificate'", "'certificate-error'"],
  ['no switches and arguments of Chromium', room, "app.commandLine.appendSwitch('js-flags')"],
  ['no switches and arguments of Chromium', room, "x({ additionalArguments: ['--a'] })"],
  ['no text becomes code or markup', room, 'contents.executeJavaScript(text)'],
  ['no text becomes code or markup', room, 'eval(text)'],
  ['no text becomes code or markup', room, 'const run = new Function(text)'],
  ['no text becomes code or markup', screen, 'element.innerHTML = text'],
  ['no text becomes code or markup', screen, 'const a = <p dangerouslySetInnerHTML={{ __html: text }} />'],
  ['nothing reaches from a page into the main process', room, 'x({ enableRemoteModule: true })'],
  ['nothing reaches from a page into the main process', room, "import '@electron/remote'"],
  ["Electron's own warnings are heard", room, "process.env.ELECTRON_DISABLE_SECURITY_WARNINGS = 'true'"],
];

export const planted: readonly Planted[] = changes.map(([rule, path, text, instead]) => ({
  rule,
  path,
  text,
  instead,
}));
