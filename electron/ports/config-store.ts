/** As much of conf and electron-store as is used: assigning `store` writes the file, atomically and at once. */
export interface ConfigStore {
  store: Record<string, unknown>;
}

/** Opens `{directory}/{name}.json` with this mode, keys taken as they are (no dot notation). */
export type OpenConfigStore = (at: {
  readonly directory: string;
  readonly name: string;
  readonly mode: number;
}) => ConfigStore;
