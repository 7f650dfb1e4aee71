/** Files that come to the app from outside its windows. */
import type { WebContents } from 'electron';
import { failure } from '#shared/failure.ts';
import { type Api, ContractError } from '#shared/ipc.ts';
import { presetDestination } from '#shared/preset-destination.ts';
import type { GivenFromOutside } from '#shared/window-host.ts';
import { type GivenFiles, takeAll } from './given-files.ts';
import type { OpenWindows } from './windows.ts';

export interface GiveParts {
  readonly api: Pick<Api, 'snapshot' | 'addFiles'>;
  readonly windows: Pick<OpenWindows, 'all' | 'front'>;
  readonly givenTo: (contents: WebContents) => GivenFiles;
  readonly tell: (contents: WebContents, given: GivenFromOutside) => void;
}

/**
 * Queues files where it is clear where they go; else a window asks, with the files in its dialog. A window is opened only
 * where there is something to ask, or something was refused. Rejects with ContractError.
 */
export async function give(
  paths: readonly string[],
  { api, windows, givenTo, tell }: GiveParts,
): Promise<void> {
  if (paths.length === 0) return;
  const { destinations, settings } = await api.snapshot();
  const preset = presetDestination(destinations, settings);
  if (preset === null) {
    const { webContents } = windows.front();
    const taken = await takeAll(givenTo(webContents), paths);
    const files = taken.filter((file) => file !== null);
    const [path = ''] = paths;
    if (files.length === 0) throw new ContractError(failure('file-missing', '', { path }));
    tell(webContents, { kind: 'ask', files, missing: paths.filter((_, index) => taken[index] === null) });
    return;
  }
  const destinationId = preset.destination.id;
  const report = await api.addFiles(paths, { destinationId });
  const isSaid = windows.all().length > 0 || report.files.some(({ outcome }) => outcome === 'refused');
  if (isSaid) tell(windows.front().webContents, { kind: 'added', report, destinationId });
}
