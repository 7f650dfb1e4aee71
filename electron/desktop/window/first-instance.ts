/** One app per data directory: a second one hands over what it was started with, and goes. */
import type { App } from 'electron';
import { z } from 'zod';
import { type LaunchArguments, readArguments } from './launch-arguments.ts';

const handedOverSchema = z.object({ args: z.array(z.string()).max(100_000), cwd: z.string() });

/** False: another one runs, and has been told. `onOther` hears what later ones were started with. */
export function claimInstance(
  app: Pick<App, 'requestSingleInstanceLock' | 'on'>,
  args: readonly string[],
  cwd: string,
  onOther: (launch: LaunchArguments) => void,
): boolean {
  // The event's own argv is reordered by Chromium, with switches of its own.
  if (!app.requestSingleInstanceLock({ args: [...args], cwd })) return false;
  app.on('second-instance', (_event, _argv, _cwd, data) => {
    const handedOver = handedOverSchema.safeParse(data);
    const { args, cwd } = handedOver.success ? handedOver.data : { args: [], cwd: '' };
    onOther(readArguments(args, cwd));
  });
  return true;
}
