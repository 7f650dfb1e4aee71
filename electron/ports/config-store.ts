/** As much of electron-store as is used: assigning `store` writes the file, atomically and at once. */
export interface ConfigStore {
  set store(config: Readonly<Record<string, unknown>>);
}

/** Opens `{directory}/{name}.json` with this mode, keys taken as they are (no dot notation). */
export type OpenConfigStore = (at: {
  readonly directory: string;
  readonly name: string;
  readonly mode: number;
}) => ConfigStore;
