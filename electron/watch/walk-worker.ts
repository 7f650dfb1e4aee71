/** The worker thread that walks: it reads the disk and keeps the index of known files. */
import { FolderModel } from './folder-model.ts';
import type { TreeItem, WalkCalls } from './protocol.ts';
import { serveCalls } from './serve-calls.ts';
import { previewTree, readTree } from './tree.ts';

const folders = new Map<string, FolderModel>();
const trees = new Map<number, Generator<TreeItem, void, undefined>>();
let lastTree = 0;

function folder(folderId: string): FolderModel {
  const model = folders.get(folderId);
  if (model === undefined) throw new Error(`The folder ${folderId} is not open.`);
  return model;
}

serveCalls<WalkCalls>({
  open(request) {
    folders.set(request.folderId, new FolderModel(request));
  },
  load: (folderId, rows) => folder(folderId).load(rows),
  setRules: (folderId, rules) => folder(folderId).setRules(rules),
  walk: (folderId, at, hints, takesBaseline) => folder(folderId).walk(at, hints, takesBaseline),
  takeOfWalk: (folderId, limit) => folder(folderId).takeOfWalk(limit),
  look: (folderId, at, hints) => folder(folderId).look(at, hints),
  take: (folderId, limit) => folder(folderId).take(limit),
  check: (folderId, at, relativePaths) => folder(folderId).check(at, relativePaths),
  row: (folderId, relativePath) => folder(folderId).row(relativePath),
  commit: (folderId, relativePaths, jobIds) => folder(folderId).commit(relativePaths, jobIds),
  drop(folderId) {
    folders.delete(folderId);
  },
  preview: (root, rules) => previewTree(root, rules),
  openTree(root, rules) {
    trees.set(++lastTree, readTree(root, rules));
    return lastTree;
  },
  nextOfTree(tree, limit) {
    const items: TreeItem[] = [];
    const source = trees.get(tree);
    if (source === undefined) return items;
    while (items.length < limit) {
      const next = source.next();
      if (next.done === true) break;
      items.push(next.value);
    }
    return items;
  },
  closeTree(tree) {
    trees.delete(tree);
  },
});
