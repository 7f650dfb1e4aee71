import type { RelaunchOptions } from 'electron';
import type { LaunchArguments } from '../window/launch-arguments.ts';

/**
 * How the app is started anew as soon as this one is gone, for somebody who started it while it was ending: it would take
 * what it is given and be gone with it. Pure.
 */
export function comeBack(
  { isHidden, paths }: LaunchArguments,
  facts: {
    readonly environment: Readonly<Record<string, string | undefined>>;
    /** Of a source tree, which Electron has to be told; null: packed. */
    readonly appPath: string | null;
    /** As it was given on the command line. */
    readonly dataDir: string | undefined;
  },
): RelaunchOptions & { readonly args: string[] } {
  const { APPIMAGE: image } = facts.environment;
  return {
    // It runs from a mount that goes with this process.
    ...(image === undefined ? {} : { execPath: image }),
    args: [
      ...(facts.appPath === null ? [] : [facts.appPath]),
      ...(facts.dataDir === undefined ? [] : ['--data-dir', facts.dataDir]),
      ...(isHidden ? ['--hidden'] : []),
      ...(paths.length === 0 ? [] : ['--', ...paths]),
    ],
  };
}
