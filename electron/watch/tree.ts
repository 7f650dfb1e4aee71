import { join } from 'node:path';
import type { PreviewReport } from '#ports/watcher.ts';
import { compileRules, type RuleSource } from './ignore-rules.ts';
import { readingOf, versionOf } from './known-file.ts';
import type { TreeItem } from './protocol.ts';
import { inSlices } from './slices.ts';
import { walkTree } from './walk.ts';

const firstNames = 100;

/** Counts what a folder with these rules would send, and what each rule keeps back. */
export async function previewTree(root: string, source: RuleSource): Promise<PreviewReport> {
  let files = 0;
  let bytes = 0;
  let ignoredFiles = 0;
  const first: { relativePath: string; sizeBytes: number }[] = [];
  const ignored = new Map<string, { rule: string; files: number; example: string }>();
  await inSlices(walkTree(root, compileRules(source)), (item) => {
    if (item.kind === 'unread') return;
    const { relativePath, rule } = item;
    if (rule !== null) {
      ignoredFiles++;
      const entry = ignored.get(rule);
      if (entry === undefined) ignored.set(rule, { rule, files: 1, example: relativePath });
      else entry.files++;
      return;
    }
    const sizeBytes = Number(item.stat.size);
    files++;
    bytes += sizeBytes;
    if (first.length < firstNames) first.push({ relativePath, sizeBytes });
  });
  return { files, bytes, first, ignored: [...ignored.values()], ignoredFiles };
}

/** All files of a tree, those that a rule keeps back, and the directories that cannot be read, in a stable order. */
export function* readTree(root: string, source: RuleSource): Generator<TreeItem, void, undefined> {
  for (const item of walkTree(root, compileRules(source))) {
    const { relativePath, rule } = item;
    const path = join(root, relativePath);
    if (item.kind === 'unread') {
      const isGone = item.code === 'ENOENT' || item.code === 'ENOTDIR';
      if (rule === null && !isGone) yield { kind: 'unread', path, relativePath };
      continue;
    }
    if (rule !== null) yield { kind: 'ignored', path, relativePath, rule };
    else yield { kind: 'file', path, relativePath, version: versionOf(readingOf(item.stat)) };
  }
}
