/** A path that is being typed, of either system: the folder that is complete, and the beginning of the next name. */
export interface TypedPath {
  /** Null: nothing that could be listed yet. */
  readonly directory: string | null;
  readonly beginning: string;
}

export function splitTyped(typed: string): TypedPath {
  const text = typed.trimStart();
  if (text === '~') return { directory: '~', beginning: '' };
  const cut = Math.max(text.lastIndexOf('/'), isWindows(text) ? text.lastIndexOf('\\') : -1);
  if (cut === -1) return { directory: null, beginning: text };
  return { directory: text.slice(0, cut + 1), beginning: text.slice(cut + 1) };
}

/** Elsewhere a backslash is a letter like any other. */
const isWindows = (text: string) => /^([a-z]:|\\\\|~\\)/i.test(text);

export interface Directory {
  readonly name: string;
  readonly path: string;
}

const suggested = 12;

/** The folders that may be meant: those that begin so first, then those that hold it. */
export function suggest(directories: readonly Directory[], beginning: string): readonly Directory[] {
  const wanted = beginning.toLowerCase();
  const begins = directories.filter(({ name }) => name.toLowerCase().startsWith(wanted));
  const holds = directories.filter(
    ({ name }) => !name.toLowerCase().startsWith(wanted) && name.toLowerCase().includes(wanted),
  );
  return [...begins, ...holds].slice(0, suggested);
}

/** The steps from the root down to a folder: "/", "home", "ada". */
export function breadcrumbs(path: string): readonly Directory[] {
  const isOnWindows = isWindows(path);
  const separator = isOnWindows ? '\\' : '/';
  const share = /^\\\\[^\\]+\\[^\\]+/.exec(path)?.[0];
  const root = share ?? (isOnWindows ? `${path.slice(0, 2)}\\` : '/');
  const names = path
    .slice(root.length)
    .split(separator)
    .filter((name) => name !== '');
  const joined = (depth: number) =>
    `${root.endsWith(separator) ? root : root + separator}${names.slice(0, depth).join(separator)}`;
  return [{ name: root, path: root }, ...names.map((name, index) => ({ name, path: joined(index + 1) }))];
}

/** The folder with what ends its name, ready to type on. */
export function withSeparator(path: string): string {
  const separator = isWindows(path) ? '\\' : '/';
  return path.endsWith(separator) ? path : path + separator;
}
