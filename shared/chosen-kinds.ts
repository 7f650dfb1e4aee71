/** The kinds of file that the rules of a watch folder take, where they name kinds and nothing else. */
export interface ChosenKinds {
  /** "JPG": the ends of names, without their dot; at least one. */
  readonly names: readonly string[];
  /** Also in subfolders; else only right in the folder. */
  readonly isDeep: boolean;
}

/** What rules take that leave out everything (`*`) and let kinds in again (`!*.jpg`), perhaps those of subfolders, too; null: other rules. */
export function chosenKindsOf(ignore: readonly string[]): ChosenKinds | null {
  const [first, ...rest] = ignore.filter((line) => !line.startsWith('#'));
  if (first !== '*') return null;
  const kinds = rest.filter((pattern) => pattern !== '!*/');
  const names = kinds.flatMap((pattern) => /^!\*\.([a-z0-9]+)$/i.exec(pattern)?.[1]?.toUpperCase() ?? []);
  if (names.length === 0 || names.length !== kinds.length) return null;
  return { names, isDeep: rest.length > kinds.length };
}
