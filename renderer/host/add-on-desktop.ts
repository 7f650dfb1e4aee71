import type { DesktopBridge } from '#shared/desktop-bridge.ts';
import { type Failure, failure } from '#shared/failure.ts';
import { type AddedFile, type AddOptions, type AddReport, ContractError } from '#shared/ipc.ts';
import type { GivenFile } from '#shared/window-host.ts';
import { runInLanes } from './run-in-lanes.ts';
import { takeFiles } from './take-files.ts';

type Bridge = Pick<
  DesktopBridge,
  'takeFiles' | 'addGiven' | 'beginFile' | 'sendChunk' | 'endFile' | 'dropFile'
>;

const chunkBytes = 1024 * 1024;

/**
 * Adds files by what the main process knows of them; one that has no path (a pasted picture) is streamed to it first. A
 * file that could not be brought over is told among the refused; the others go on.
 */
export async function addOnDesktop(
  bridge: Bridge,
  files: readonly (File | GivenFile)[],
  options: AddOptions,
  onProgress: (done: number, total: number) => void,
): Promise<AddReport> {
  const taken = await takeThose(bridge, files);
  const pathless = taken.filter((file) => file instanceof File);
  const total = pathless.reduce((sum, { size }) => sum + size, 0);
  const ids = new Map<File, string>();
  const refused: AddedFile[] = [];
  let done = 0;
  await runInLanes(pathless, async (file) => {
    const outcome = await bring(bridge, file, (bytes) => {
      done += bytes;
      onProgress(done, total);
    });
    if (typeof outcome === 'string') ids.set(file, outcome);
    else refused.push({ path: file.name, jobId: null, outcome: 'refused', failure: outcome });
  });
  // In the order in which they were given.
  const given = taken.flatMap((file) => (file instanceof File ? (ids.get(file) ?? []) : file.id));
  if (given.length === 0) return { batchId: '', files: refused, ignored: [] };
  const added = await bridge.addGiven(given, options);
  if (!added.ok) throw new ContractError(added.failure);
  return { ...added.value, files: [...added.value.files, ...refused] };
}

/** Every file that has a path, by its id. */
async function takeThose(
  bridge: Bridge,
  files: readonly (File | GivenFile)[],
): Promise<readonly (File | GivenFile)[]> {
  const asked = files.filter((file) => file instanceof File);
  if (asked.length === 0) return files;
  const taken = await takeFiles(bridge, asked);
  const known = new Map(asked.map((file, index) => [file, taken[index] ?? file]));
  return files.map((file) => (file instanceof File ? (known.get(file) ?? file) : file));
}

/** The id of the whole file over there, or why it could not be brought. */
async function bring(
  bridge: Bridge,
  file: File,
  onBytes: (bytes: number) => void,
): Promise<string | Failure> {
  const { name, size: sizeBytes, lastModified } = file;
  const begun = await bridge.beginFile({ name, sizeBytes, lastModified });
  if (!begun.ok) return begun.failure;
  for (let from = 0; from < sizeBytes; from += chunkBytes) {
    const chunk = await read(file, from);
    if (chunk === null) {
      await bridge.dropFile(begun.value);
      return failure('file-missing', 'The file could not be read.', { path: name });
    }
    const sent = await bridge.sendChunk(begun.value, chunk);
    if (!sent.ok) {
      await bridge.dropFile(begun.value);
      return sent.failure;
    }
    onBytes(chunk.byteLength);
  }
  const ended = await bridge.endFile(begun.value);
  return ended.ok ? ended.value.id : ended.failure;
}

async function read(file: File, from: number): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await file.slice(from, from + chunkBytes).arrayBuffer());
  } catch {
    return null;
  }
}
