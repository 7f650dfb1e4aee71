/** The worker thread of the watcher: it owns the events of the system, every walk and the index of known files. */
import { parentPort } from 'node:worker_threads';
import { FolderModel } from './folder-model.ts';
import type { CallMessage, TreeItem, WorkerCalls, WorkerMessage } from './protocol.ts';
import { previewTree, readTree } from './tree.ts';
import { codeOf } from './walk.ts';

const port = parentPort;
if (port === null) throw new Error('This file runs as a worker thread.');

const folders = new Map<string, FolderModel>();
const trees = new Map<number, Generator<TreeItem, void, undefined>>();
let lastTree = 0;

function folder(folderId: string): FolderModel {
  const model = folders.get(folderId);
  if (model === undefined) throw new Error(`The folder ${folderId} is not open.`);
  return model;
}

type Answers = {
  readonly [N in keyof WorkerCalls]: (
    ...args: Parameters<WorkerCalls[N]>
  ) => ReturnType<WorkerCalls[N]> | Promise<Awaited<ReturnType<WorkerCalls[N]>>>;
};

const calls: Answers = {
  async open(request) {
    await folders.get(request.folderId)?.close();
    folders.set(request.folderId, new FolderModel(request, post));
  },
  load: (folderId, rows) => folder(folderId).load(rows),
  setRules: (folderId, rules) => folder(folderId).setRules(rules),
  startHints: (folderId) => folder(folderId).startHints(),
  stopHints: (folderId) => folder(folderId).stopHints(),
  walk: (folderId, at, takesBaseline) => folder(folderId).walk(at, takesBaseline),
  look: (folderId, at) => folder(folderId).look(at),
  take: (folderId, limit) => folder(folderId).take(limit),
  check: (folderId, at, relativePaths) => folder(folderId).check(at, relativePaths),
  row: (folderId, relativePath) => folder(folderId).row(relativePath),
  commit: (folderId, jobs) => folder(folderId).commit(jobs),
  async drop(folderId) {
    const model = folders.get(folderId);
    folders.delete(folderId);
    await model?.close();
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
};

function post(message: WorkerMessage): void {
  port?.postMessage(message);
}

async function answer(message: CallMessage): Promise<void> {
  try {
    // The caller is our own client, which is typed by the same table.
    const call = calls[message.name] as (...args: readonly unknown[]) => unknown;
    post({ id: message.id, result: await call(...message.args) });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    post({ id: message.id, error: { message: text, code: codeOf(error) } });
  }
}

port.on('message', (message: CallMessage) => void answer(message));
