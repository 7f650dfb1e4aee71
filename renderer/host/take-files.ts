import type { DesktopBridge } from '#shared/desktop-bridge.ts';
import { ContractError } from '#shared/ipc.ts';
import type { GivenFile } from '#shared/window-host.ts';

/** The process that answers has all uploads to look after: thousands at once would hold them up. */
const atOnce = 500;

/** What the main process knows of files, in their order; null: it has no path. Rejects with ContractError. */
export async function takeFiles(
  bridge: Pick<DesktopBridge, 'takeFiles'>,
  files: readonly File[],
): Promise<readonly (GivenFile | null)[]> {
  const taken: (GivenFile | null)[] = [];
  for (let from = 0; from < files.length; from += atOnce) {
    const answer = await bridge.takeFiles(files.slice(from, from + atOnce));
    if (!answer.ok) throw new ContractError(answer.failure);
    taken.push(...answer.value);
  }
  return taken;
}
