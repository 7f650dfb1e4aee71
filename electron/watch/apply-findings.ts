import type { WatchFile } from '#ports/journal.ts';
import type { WatchSink } from '#ports/watcher.ts';
import type { WatchFolder } from '#shared/watch-folder.ts';
import type { Finding, Moment } from './protocol.ts';
import type { SettlingList } from './settling-list.ts';

/** A folder that was renamed moves all its jobs: so many are told at a time. */
const movesAtOnce = 64;

/**
 * Records what a look found, and takes what must settle into the list: a new file is in no row until it is held back, or a
 * job. One write for all rows, where the last finding about a path wins; jobs learn their new paths before the rows do, so
 * that a crash in between only tells them twice.
 */
export async function applyFindings(
  findings: readonly Finding[],
  to: {
    readonly folder: WatchFolder;
    readonly sink: WatchSink;
    readonly settling: SettlingList;
    readonly at: Moment;
    readonly isNetwork: boolean;
  },
): Promise<void> {
  const put = new Map<string, WatchFile>();
  const remove = new Set<string>();
  const moves: { readonly from: WatchFile; readonly to: WatchFile }[] = [];
  const write = (file: WatchFile) => {
    remove.delete(file.relativePath);
    put.set(file.relativePath, file);
  };
  const erase = (path: string) => {
    put.delete(path);
    remove.add(path);
  };
  for (const finding of findings) {
    switch (finding.kind) {
      case 'record':
        to.settling.delete(finding.file.relativePath);
        write(finding.file);
        break;
      case 'settle':
        to.settling.read(finding.file, finding.before, to.at, {
          settleMs: to.folder.settleMs,
          isNetwork: to.isNetwork,
        });
        if (finding.hasOldRow) write(finding.file);
        break;
      case 'moved':
        to.settling.delete(finding.to.relativePath);
        if (!finding.isPathTaken) {
          to.settling.delete(finding.from.relativePath);
          erase(finding.from.relativePath);
        }
        write(finding.to);
        if (finding.to.fileClass === 'job') moves.push(finding);
        break;
      case 'departed':
        to.settling.delete(finding.relativePath);
        break;
      case 'gone':
        to.settling.delete(finding.relativePath);
        erase(finding.relativePath);
        break;
    }
  }
  for (let index = 0; index < moves.length; index += movesAtOnce) {
    const some = moves.slice(index, index + movesAtOnce);
    await Promise.all(some.map((move) => to.sink.moved(to.folder, move.from, move.to)));
  }
  if (put.size === 0 && remove.size === 0) return;
  const { id: folderId } = to.folder;
  await to.sink.record(
    [...put.values()],
    [...remove].map((relativePath) => ({ folderId, relativePath })),
  );
}
