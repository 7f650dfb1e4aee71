/**
 * Electron's security checklist and the checks of electronegativity, held against the sources: what must stand there, and
 * what must stand nowhere. What the code then does is tested where it is (window/*.test.ts, ipc/serve-electron.test.ts).
 * https://www.electronjs.org/docs/latest/tutorial/security
 */
import type { Facts } from './facts.ts';
import {
  all,
  called,
  calls,
  listens,
  methods,
  nowhere,
  type Rule,
  sets,
  stands,
  strings,
} from './finders.ts';

const main = 'electron/main.ts';
const preload = 'electron/preload.ts';
const preferences = 'electron/desktop/window/web-preferences.ts';
const lockDown = 'electron/desktop/window/lock-down.ts';
const protocol = 'electron/desktop/window/app-protocol.ts';
const windows = 'electron/desktop/window/windows.ts';
const hostRequests = 'electron/desktop/window/host-requests.ts';
const serveElectron = 'electron/ipc/serve-electron.ts';

/** Written out in the one place, and set otherwise in none. */
const preference = (name: string, value: string): Rule['broken'] =>
  all(
    nowhere(sets(name, (other) => other !== value)),
    stands(
      preferences,
      `${name}: ${value}`,
      sets(name, (other) => other === value),
    ),
  );

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];

/** Every fuse of the list, as it must be; a build that packs nothing has none to set. */
const fuses: Readonly<Record<string, string>> = {
  runAsNode: 'false',
  enableNodeOptionsEnvironmentVariable: 'false',
  enableNodeCliInspectArguments: 'false',
  enableCookieEncryption: 'true',
  enableEmbeddedAsarIntegrityValidation: 'true',
  onlyLoadAppFromAsar: 'true',
  grantFileProtocolExtraPrivileges: 'false',
};

const fusesAreSet: Rule['broken'] = (tree) => {
  const packing = tree.filter(
    ({ path, settings }) =>
      path.startsWith('build/') && settings.some(({ name }) => name === 'electronFuses'),
  );
  return packing.flatMap(({ path, settings }) =>
    Object.entries(fuses)
      .filter(([name, value]) => !settings.some((one) => one.name === name && one.value === value))
      .map(([name, value]) => `${path}: the fuse ${name} is not ${value}`),
  );
};

/** Oldest major with fixes when this was written; newer ones only. */
const oldestElectron = 45;

const electronIsCurrent: Rule['broken'] = (tree) => {
  const manifest = tree.find(({ path }) => path === 'package.json');
  const version = manifest?.settings.find(({ name }) => name === 'electron')?.value.replaceAll('"', '') ?? '';
  const isGood = /^\d+\.\d+\.\d+$/.test(version) && Number.parseInt(version, 10) >= oldestElectron;
  return isGood
    ? []
    : [`package.json: electron is "${version}", not one exact version from ${oldestElectron} on`];
};

const isScreen = ({ path }: Facts) => path.startsWith('renderer/');

export const rules: readonly Rule[] = [
  {
    name: 'windows load our own page and nothing else',
    keeps: [1, 'HTTP_RESOURCES'],
    broken: all(
      nowhere(methods('loadURL', 'loadFile'), windows),
      stands(windows, 'loadURL(pageAddress(at))', called('window.loadURL', 'pageAddress(at)')),
      nowhere(
        (file) => (isScreen(file) ? strings(/^(https?|wss?|ftp|file):\/\/./)(file) : []),
        // An example of a link that people read.
        'renderer/settings/link-settings.tsx',
      ),
    ),
  },
  {
    name: 'no Node in a page, a worker or a frame',
    keeps: [2, 'NODE_INTEGRATION'],
    broken: all(
      preference('nodeIntegration', 'false'),
      preference('nodeIntegrationInWorker', 'false'),
      preference('nodeIntegrationInSubFrames', 'false'),
    ),
  },
  {
    name: 'pages are isolated from the preload script',
    keeps: [3, 'CONTEXT_ISOLATION'],
    broken: preference('contextIsolation', 'true'),
  },
  {
    name: 'every process of a page is sandboxed',
    keeps: [4, 'SANDBOX'],
    broken: all(
      preference('sandbox', 'true'),
      stands(main, 'app.enableSandbox()', called('app.enableSandbox')),
      nowhere(strings(/^-*(no-sandbox|disable-.*sandbox|single-process)$/)),
    ),
  },
  {
    name: 'no permission is given',
    keeps: [5, 'PERMISSION_REQUEST_HANDLER'],
    broken: all(
      stands(lockDown, 'setPermissionRequestHandler', calls('setPermissionRequestHandler')),
      stands(
        lockDown,
        'setPermissionCheckHandler(() => false)',
        called('session.setPermissionCheckHandler', '() => false'),
      ),
      stands(
        lockDown,
        'setDevicePermissionHandler(() => false)',
        called('session.setDevicePermissionHandler', '() => false'),
      ),
      nowhere(
        calls('setPermissionRequestHandler', 'setPermissionCheckHandler', 'setDevicePermissionHandler'),
        lockDown,
      ),
      stands(
        main,
        'lockDown(app, session.defaultSession, …)',
        called('lockDown', 'app', 'session.defaultSession'),
      ),
      nowhere(({ calls }) =>
        calls.filter(({ name }) => /\.from(Partition|Path)$/.test(name)).map(({ name }) => name),
      ),
    ),
  },
  {
    name: 'the same-origin policy is on',
    keeps: [6, 'WEB_SECURITY'],
    broken: all(
      preference('webSecurity', 'true'),
      nowhere(strings(/^-*(disable-web-security|disable-site-isolation.*)$/)),
    ),
  },
  {
    name: 'the whole content security policy stands on every answer',
    keeps: [7, 'CSP'],
    broken: all(
      ...policy.map((directive) => stands(protocol, directive, strings(new RegExp(`^${directive}$`)))),
      nowhere(strings(/unsafe-inline|unsafe-eval|unsafe-hashes|strict-dynamic/)),
      nowhere(calls('removeAllCSP', 'onHeadersReceived')),
      nowhere(sets('bypassCSP', () => true)),
    ),
  },
  {
    name: 'no insecure content',
    keeps: [8, 'INSECURE_CONTENT'],
    broken: preference('allowRunningInsecureContent', 'false'),
  },
  {
    name: 'nothing experimental',
    keeps: [9, 'EXPERIMENTAL_FEATURES'],
    broken: preference('experimentalFeatures', 'false'),
  },
  {
    name: 'no features of Blink are switched on',
    keeps: [10, 'BLINK_FEATURES'],
    broken: all(
      nowhere(sets('enableBlinkFeatures', () => true)),
      nowhere(strings(/^-*enable-(blink-)?features/)),
    ),
  },
  {
    name: 'no web views, and none that opens windows',
    keeps: [11, 'ALLOWPOPUPS'],
    broken: all(
      preference('webviewTag', 'false'),
      nowhere(({ markup }) =>
        markup.filter((name) => /^(webview|iframe|object|embed|allowpopups)$/i.test(name)),
      ),
      nowhere(({ calls }) =>
        calls.filter(({ name }) => /new (WebContentsView|BrowserView)$/.test(name)).map(({ name }) => name),
      ),
    ),
  },
  {
    name: 'a web view that is attached all the same is refused',
    keeps: [12],
    broken: stands(lockDown, 'will-attach-webview', listens('will-attach-webview')),
  },
  {
    name: 'no page leads elsewhere',
    keeps: [13, 'LIMIT_NAVIGATION'],
    broken: all(
      ...['will-navigate', 'will-frame-navigate', 'will-redirect'].map((name) =>
        stands(lockDown, name, listens(name)),
      ),
      stands(lockDown, 'web-contents-created', listens('web-contents-created')),
      preference('navigateOnDragDrop', 'false'),
    ),
  },
  {
    name: 'no page opens a window, by whatever button of the mouse',
    keeps: [14, 'AUXCLICK'],
    broken: all(
      stands(lockDown, 'setWindowOpenHandler', calls('setWindowOpenHandler')),
      stands(
        lockDown,
        "action: 'deny'",
        sets('action', (value) => value === "'deny'"),
      ),
      nowhere(sets('action', (value) => value === "'allow'")),
      nowhere(calls('setWindowOpenHandler'), lockDown),
      nowhere(
        ({ calls }) => calls.filter(({ name }) => name === 'new BrowserWindow').map(({ name }) => name),
        main,
      ),
    ),
  },
  {
    name: 'what is opened outside was looked at first',
    keeps: [15, 'OPEN_EXTERNAL'],
    broken: all(
      nowhere(calls('openExternal', 'showItemInFolder'), hostRequests),
      stands(hostRequests, 'mayBeOpened(url)', called('mayBeOpened', 'url')),
      stands(hostRequests, 'links.has(id, url)', called('links.has', 'id', 'url')),
      // The folder of our own log.
      nowhere(({ calls }) =>
        calls
          .filter(({ name, args }) => name.endsWith('.openPath') && args[0] !== 'parts.logDirectory')
          .map(({ name }) => name),
      ),
    ),
  },
  {
    name: 'Electron is one exact version that gets fixes',
    keeps: [16, 'ELECTRON_VERSION', 'AVAILABLE_SECURITY_FIXES'],
    broken: electronIsCurrent,
  },
  {
    name: 'every message passes the one place that looks who sends it',
    keeps: [17],
    broken: all(
      nowhere(
        ({ calls }) =>
          calls
            .map(({ name }) => name)
            .filter((name) => /(^|\.)ipcMain\.(on|once|handle|handleOnce|addListener)$/.test(name)),
        serveElectron,
      ),
      nowhere(({ calls }) =>
        calls.map(({ name }) => name).filter((name) => /\.ipc\.(on|once|handle|handleOnce)$/.test(name)),
      ),
      stands(serveElectron, 'check(event) of each', called('check', 'event'), 2),
      stands(serveElectron, 'ipcMain.on in one place', called('ipcMain.on', 'channel')),
      (tree) => {
        const file = tree.find(({ path }) => path === serveElectron);
        const heard = file?.calls.filter(({ name }) => /^ipcMain\.(on|handle)$/.test(name)).length ?? 0;
        return heard === 2
          ? []
          : [`${serveElectron}: ipcMain is listened to ${heard} times, each must check its sender`];
      },
    ),
  },
  {
    name: 'one scheme of our own, with no more privileges than a page needs, and no files',
    keeps: [18, 'PROTOCOL_HANDLER'],
    broken: all(
      stands(main, 'protocol.handle(scheme, …)', called('protocol.handle', 'scheme')),
      nowhere(
        calls(
          'registerFileProtocol',
          'registerHttpProtocol',
          'registerSource',
          'interceptFileProtocol',
          'interceptHttpProtocol',
          'setAsDefaultProtocolClient',
        ),
      ),
      ...['allowServiceWorkers', 'corsEnabled', 'supportFetchAPI', 'allowExtensions'].map((name) =>
        nowhere(sets(name, () => true)),
      ),
      nowhere((file) => (file.path.startsWith('electron/') ? strings(/^file:\/\//)(file) : [])),
    ),
  },
  { name: 'every fuse is set', keeps: [19], broken: fusesAreSet },
  {
    name: 'the preload script gives functions, never Electron itself',
    keeps: [20, 'PRELOAD'],
    broken: all(
      nowhere((file) =>
        isScreen(file) || file.path.startsWith('shared/')
          ? file.imports.filter((name) => name === 'electron')
          : [],
      ),
      stands(
        preload,
        "exposeInMainWorld('hoist', bridge)",
        called('contextBridge.exposeInMainWorld', "'hoist'", 'bridge'),
      ),
      (tree) => {
        const file = tree.find(({ path }) => path === preload);
        const exposed = file?.calls.filter(({ name }) => name.endsWith('.exposeInMainWorld')).length ?? 0;
        return exposed === 1 ? [] : [`${preload}: something is exposed ${exposed} times`];
      },
      nowhere(({ path, handedOn }) =>
        path === preload
          ? handedOn.filter((name) => ['ipcRenderer', 'webUtils', 'event'].includes(name))
          : [],
      ),
      nowhere(calls('sendSync', 'sendToHost')),
      nowhere(
        ({ calls }) =>
          calls
            .map(({ name }) => name)
            .filter((name) => /^(ipcRenderer|contextBridge|webUtils)\./.test(name)),
        preload,
      ),
    ),
  },
  {
    name: 'a bad certificate is never good enough',
    keeps: ['CERTIFICATE_ERROR_EVENT', 'CERTIFICATE_VERIFY_PROC'],
    broken: all(
      stands(lockDown, 'certificate-error', listens('certificate-error')),
      nowhere(listens('certificate-error'), lockDown),
      nowhere(calls('setCertificateVerifyProc', 'importCertificate')),
      nowhere(strings(/^-*(ignore-certificate-errors|allow-insecure-localhost)$/)),
      nowhere(({ path, calls }) =>
        path === lockDown
          ? calls
              .filter(({ name, args }) => name === 'callback' && args[0] === 'true')
              .map(() => 'callback(true)')
          : [],
      ),
    ),
  },
  {
    name: 'no switches and arguments of Chromium',
    keeps: ['CUSTOM_ARGUMENTS'],
    broken: all(
      nowhere(calls('appendSwitch', 'appendArgument')),
      nowhere(sets('additionalArguments', () => true)),
    ),
  },
  {
    name: 'no text becomes code or markup',
    keeps: ['DANGEROUS_FUNCTIONS'],
    broken: all(
      nowhere(
        calls(
          'eval',
          'executeJavaScript',
          'executeJavaScriptInIsolatedWorld',
          'insertCSS',
          'insertAdjacentHTML',
        ),
      ),
      nowhere(({ calls }) =>
        calls
          .map(({ name }) => name)
          .filter((name) => ['new Function', 'Function', 'document.write'].includes(name)),
      ),
      nowhere(({ assigned }) =>
        assigned.filter((name) => ['innerHTML', 'outerHTML', 'srcdoc'].includes(name)),
      ),
      nowhere(({ markup }) => markup.filter((name) => ['dangerouslySetInnerHTML', 'srcDoc'].includes(name))),
    ),
  },
  {
    name: 'nothing reaches from a page into the main process',
    keeps: ['REMOTE_MODULE'],
    broken: all(
      nowhere(sets('enableRemoteModule', () => true)),
      nowhere(({ imports }) => imports.filter((name) => name.includes('electron/remote'))),
    ),
  },
  {
    name: "Electron's own warnings are heard",
    keeps: ['SECURITY_WARNINGS_DISABLED'],
    broken: all(
      nowhere(strings(/ELECTRON_DISABLE_SECURITY_WARNINGS/)),
      nowhere(({ assigned, settings }) =>
        [...assigned, ...settings.map(({ name }) => name)].filter(
          (name) => name === 'ELECTRON_DISABLE_SECURITY_WARNINGS',
        ),
      ),
    ),
  },
];
