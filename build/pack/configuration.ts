/** What electron-builder is told: how the staged app becomes a program for each system. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration } from 'electron-builder';
import { appId } from '#shared/app-id.ts';

export interface ReleaseOptions {
  /** The checkout. */
  readonly root: string;
  /** The staged app, from which the archive is made. */
  readonly app: string;
  /** Where the programs and installers go. */
  readonly out: string;
  /** https; null: the app never looks for updates. */
  readonly feed: string | null;
  /** "Name <address>", for the Debian package. */
  readonly maintainer: string;
  /** Whom Windows' signature names. The updater takes no installer of anybody else. */
  readonly publisher: string | null;
  /** An unpacked Electron, taken as it is; null: the release of that name, which electron-builder downloads and checks. */
  readonly electronDist: string | null;
}

/**
 * Everything that lets somebody run other code as Hoist is off.
 * https://www.electronjs.org/docs/latest/tutorial/fuses
 */
export const fuses: NonNullable<Configuration['electronFuses']> = {
  runAsNode: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableCookieEncryption: true,
  // Read on macOS and Windows. Closes unchecked code out only together with the next one.
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
};

/** What people send most. Offered in "Open with"; taken away from no other program. */
const mimeTypes = [
  ...['png', 'jpeg', 'webp', 'gif', 'avif', 'tiff', 'bmp', 'heic', 'svg+xml'].map((kind) => `image/${kind}`),
  ...['mp4', 'quicktime', 'webm', 'x-matroska', 'mpeg'].map((kind) => `video/${kind}`),
  ...['mpeg', 'wav', 'flac', 'ogg', 'mp4'].map((kind) => `audio/${kind}`),
  ...['gltf-binary', 'gltf+json', 'obj'].map((kind) => `model/${kind}`),
  'application/pdf',
];

export function builderConfiguration(options: ReleaseOptions): Configuration {
  const { root, app, out, feed, maintainer, publisher, electronDist } = options;
  const electron: { readonly version: string } = JSON.parse(
    readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'),
  );
  return {
    appId,
    productName: 'Hoist',
    copyright: 'Copyright (c) 2026 The Hoist maintainers',
    directories: { app, output: out, buildResources: join(root, 'build') },
    // The staged folder holds what is needed, and electron-builder is not to look for packages by itself.
    files: ['**/*', { from: 'node_modules', to: 'node_modules', filter: ['**/*'] }],
    beforeBuild: () => Promise.resolve(false),
    asar: true,
    electronVersion: electron.version,
    ...(electronDist === null ? {} : { electronDist }),
    // Hoist speaks English; Chromium's own texts come in some fifty languages.
    electronLanguages: ['en-US'],
    electronFuses: fuses,
    compression: 'maximum',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills it in
    artifactName: 'Hoist-${version}-${os}-${arch}.${ext}',
    publish: feed === null ? null : [{ provider: 'generic', url: feed }],
    toolsets: { appimage: '1.0.3' },
    linux: {
      target: ['AppImage', 'deb'],
      icon: join(root, 'build/icons/app/linux'),
      executableName: 'hoist',
      syncDesktopName: true,
      category: 'Network',
      maintainer,
      vendor: 'Hoist',
      synopsis: 'Brings files to AI services and gives back their links',
      mimeTypes,
      desktop: {
        entry: {
          Name: 'Hoist',
          GenericName: 'Upload manager',
          Categories: 'Network;FileTransfer;Graphics;',
          Keywords: 'upload;share;link;watch folder;',
          StartupNotify: 'true',
          SingleMainWindow: 'true',
        },
      },
    },
    deb: {
      packageCategory: 'net',
      // A menu bar icon needs it on desktops that speak StatusNotifier only through it.
      recommends: ['libayatana-appindicator3-1 | libappindicator3-1'],
    },
    mac: {
      target: ['dmg', 'zip'],
      icon: join(root, 'build/icons/app/hoist.icns'),
      category: 'public.app-category.productivity',
      hardenedRuntime: true,
      gatekeeperAssess: false,
      entitlements: join(root, 'build/entitlements.mac.plist'),
      entitlementsInherit: join(root, 'build/entitlements.mac.plist'),
      extendInfo: {
        // Without these the Dock icon refuses what is dropped on it. Alternate: never the one that opens it by default.
        CFBundleDocumentTypes: [
          {
            CFBundleTypeName: 'File or folder',
            CFBundleTypeRole: 'Viewer',
            LSHandlerRank: 'Alternate',
            LSItemContentTypes: ['public.data', 'public.folder'],
          },
        ],
      },
    },
    win: {
      target: ['nsis'],
      icon: join(root, 'build/icons/app/hoist.ico'),
      ...(publisher === null ? {} : { signtoolOptions: { publisherName: publisher } }),
    },
    nsis: {
      // One click, for this user only: no questions, no administrator.
      oneClick: true,
      perMachine: false,
      // The queue and its keys are the person's: removing the program does not remove them.
      deleteAppDataOnUninstall: false,
      include: join(root, 'build/installer.nsh'),
    },
  };
}
