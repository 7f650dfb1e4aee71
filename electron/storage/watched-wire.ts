/**
 * Settled files on their way to the writer. A folder's files differ in little: what they share is one list for all of
 * them, which is cloned once, where its words written out for each file would be most of the message.
 */
import type { NewJob, WatchFile } from '#ports/journal.ts';
import { encodeEntry } from './job-row.ts';
import type { Shared, WireWatched } from './wire.ts';

type Pair = { readonly job: NewJob; readonly file: WatchFile };

export function encodeWatched(pairs: readonly Pair[]): readonly WireWatched[] {
  let shared: Shared = [];
  return pairs.map(({ job, file }) => {
    const own = sharedOf(job, file);
    if (own.length !== shared.length || own.some((value, index) => value !== shared[index])) shared = own;
    const { path, name, file: version } = job.order;
    const isSame =
      file.sizeBytes === version.sizeBytes &&
      file.mtimeNs === version.mtimeNs &&
      file.inode === version.inode;
    return [
      shared,
      path,
      name,
      version.sizeBytes,
      version.mtimeNs,
      version.inode,
      file.relativePath,
      file.seenAt,
      isSame ? null : [file.sizeBytes, file.mtimeNs, file.inode],
    ];
  });
}

/** In the order in which `decodeWatched` takes it apart; the entries of the timeline at the end. */
function sharedOf({ order, rank, isForced, entries }: NewJob, file: WatchFile): Shared {
  return [
    order.destinationId,
    order.watchFolderId,
    order.batchId,
    order.origin,
    order.edge ?? '',
    order.groupId,
    order.mimeType,
    rank,
    isForced ? 1 : 0,
    file.folderId,
    file.rule,
    ...entries.flatMap(encodeEntry),
  ];
}
