/** Which files of a bundle the desktop app needs: what its entries lead to, and nothing else that lies beside them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of the bundle is named in another as './name.js': by an import, or by `new URL(…, import.meta.url)`. */
const mention = /(["'`])\.\/([\w.-]+\.c?js)\1/g;

/**
 * The names of all files in `directory` that one of `entries` leads to, the entries included, sorted. Whatever looks like
 * a name of a file beside it counts, when `names` has it: rather one file too many than one that is missing later.
 */
export function neededFiles(
  names: ReadonlySet<string>,
  entries: readonly string[],
  read: (name: string) => string,
): readonly string[] {
  const needed = new Set<string>();
  const open = [...entries];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (needed.has(name)) continue;
    if (!names.has(name)) throw new Error(`The bundle has no ${name}. Build it first: npm run build`);
    needed.add(name);
    for (const [, , found = ''] of read(name).matchAll(mention)) if (names.has(found)) open.push(found);
  }
  return [...needed].sort();
}

export const readFrom = (directory: string) => (name: string) => readFileSync(join(directory, name), 'utf8');
