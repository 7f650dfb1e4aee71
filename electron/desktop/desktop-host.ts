/** The desktop as the engine sees it. */
import type { Shell } from 'electron';
import type { Host } from '#ports/host.ts';
import { type KeyParts, openHostKeys } from './keys/safe-storage-wrap.ts';
import type { Log } from './log/log-file.ts';
import { type MachineParts, machineEvents } from './power/machine-events.ts';

export interface DesktopHostParts extends KeyParts, Omit<MachineParts, 'onEvent'> {
  readonly shell: Pick<Shell, 'trashItem'>;
  readonly log: Log;
}

/** When the app is ready. Never rejects, and waits for a keychain only so long. */
export async function openDesktopHost(parts: DesktopHostParts): Promise<Host> {
  const { shell, log } = parts;
  const { keyWrap, notices } = await openHostKeys(parts);
  return {
    name: 'desktop',
    keyWrap,
    trash: (path) => shell.trashItem(path),
    machine: machineEvents({ ...parts, onEvent: (event) => log.write('info', `machine.${event}`) }),
    logDirectory: log.directory,
    notices,
  };
}
