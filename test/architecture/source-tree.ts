/** The sources of the repository and what each imports, as the parser sees it. */
import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { parseSync, Visitor } from 'vite';

export interface SourceFile {
  /** From the root of the repository, '/' between parts. */
  readonly path: string;
  readonly text: string;
  /** As written: types and dynamic imports with a literal name included. */
  readonly imports: readonly string[];
}

/** The subpath names of package.json (`#shared/*` → `./shared/*`). */
export type Subpaths = Readonly<Record<string, string>>;

export function readTree(root: string): readonly SourceFile[] {
  const paths = globSync('{shared,electron,renderer,build}/**/*.{ts,tsx,js}', { cwd: root });
  return paths
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => sourceFile(path, readFileSync(`${root}/${path}`, 'utf8')));
}

export function sourceFile(path: string, text: string): SourceFile {
  const lang = path.endsWith('.tsx') ? 'tsx' : 'ts';
  const { module, program, errors } = parseSync(path, text, { lang });
  if (errors.length > 0) throw new Error(`${path} does not parse: ${errors[0]?.message}`);
  const dynamic = module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) =>
    literal(text.slice(start, end)),
  );
  const typeImports: string[] = [];
  new Visitor({
    TSImportType(node) {
      typeImports.push(node.source.value);
    },
  }).visit(program);
  const exported = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
  );
  const imported = module.staticImports.map(({ moduleRequest }) => moduleRequest.value);
  return { path, text, imports: [...new Set([...imported, ...exported, ...dynamic, ...typeImports])] };
}

/** The file that an import leads to; null for a package or a builtin. */
export function resolveImport(from: SourceFile, name: string, subpaths: Subpaths): string | null {
  if (name.startsWith('.')) return posix.join(posix.dirname(from.path), name);
  if (!name.startsWith('#')) return null;
  for (const [pattern, target] of Object.entries(subpaths)) {
    const [head = '', tail] = pattern.split('*');
    if (tail === undefined ? name === pattern : name.startsWith(head)) {
      return posix.normalize(target.replace('*', name.slice(head.length)));
    }
  }
  throw new Error(`${from.path}: ${name} is no subpath of package.json`);
}

function literal(source: string): readonly string[] {
  const match = /^(['"`])([^'"`$]*)\1$/.exec(source);
  return match?.[2] === undefined ? [] : [match[2]];
}
