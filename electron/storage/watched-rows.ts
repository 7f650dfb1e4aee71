/** The far end of watched-wire.ts; apart from it because the writer's thread starts faster without the schemas. */
import type { Row, SqlValue, WireEntry, WireNewJob, WireWatched, WireWatchFile } from './wire.ts';

/** A job, and the row of its file, which is a job of this id as soon as there is one. */
export function decodeWatched(watched: WireWatched): {
  readonly job: WireNewJob;
  readonly file: WireWatchFile;
} {
  const [shared, path, name, sizeBytes, mtimeNs, inode, relativePath, seenAt, otherVersion] = watched;
  const [destination, folder, batch, origin, edge, group, mimeType, rank, isForced, folderId, rule] = shared;
  const row: Row = [
    null,
    null,
    destination ?? null,
    folder ?? null,
    batch ?? null,
    origin ?? null,
    edge ?? null,
    group ?? null,
    path,
    name,
    mimeType ?? null,
    sizeBytes,
    mtimeNs,
    inode,
    null,
    rank ?? null,
  ];
  const version = otherVersion ?? ([sizeBytes, mtimeNs, inode] as const);
  return {
    job: [row, isForced === 1, entriesOf(shared)],
    file: [
      String(folderId),
      relativePath,
      ...version,
      'job',
      typeof rule === 'string' ? rule : null,
      null,
      seenAt,
    ],
  };
}

const firstEntry = 11;

function entriesOf(shared: readonly SqlValue[]): readonly WireEntry[] {
  const entries: WireEntry[] = [];
  for (let index = firstEntry; index < shared.length; index += 2) {
    entries.push([Number(shared[index]), String(shared[index + 1])]);
  }
  return entries;
}
