/** Where a command stands in the palette and in the key overview. */
export const commandGroups = ['Go to', 'Files', 'Links', 'Queue', 'Selection', 'Window'] as const;
export type CommandGroup = (typeof commandGroups)[number];

/** One thing that a person can do: found in the palette, by its keys, and in the key overview. */
export interface Command {
  /** Stable, `page.verb`. A later command of the same id replaces the earlier one as long as it is there. */
  readonly id: string;
  readonly title: string;
  readonly group: CommandGroup;
  /** `Mod+Shift+C`: see keysOf. Several ways are several entries. */
  readonly keys?: readonly string[];
  /** Words it is also found by. */
  readonly also?: string;
  /** A key that is held down runs it again and again; else once only. */
  readonly mayRepeat?: boolean;
  /** False: not now. Default: always. */
  isEnabled?(): boolean;
  /** Why it can do nothing now, although it is there: said instead of running it; null: it runs. */
  whyNot?(): string | null;
  run(): void;
}
