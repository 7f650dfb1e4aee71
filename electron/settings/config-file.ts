/** `config.json`: what may be read by people. On the desktop electron-store writes the same file. */
import { readFileSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { ConfigStore, OpenConfigStore } from '#ports/config-store.ts';
import type { Notice } from '#ports/host.ts';
import { UploadError } from '#ports/upload-error.ts';
import { errnoOf, replaceFile } from './durable-file.ts';
import { goodCopyOf, readKeptFile } from './kept-file.ts';
import { saveError } from './save-error.ts';

export type Config = Readonly<Record<string, unknown>>;

/** The file as electron-store writes it, without the half megabyte of code that each start would read for that. */
export const openPlainStore: OpenConfigStore = ({ directory, name }) => {
  const path = join(directory, `${name}.json`);
  return {
    set store(config: Config) {
      replaceFile(behindLink(path), textOf(config));
    },
  };
};

/** Tabs, as electron-store has it: the file stays the same whoever wrote it last. */
const textOf = (config: Config): string => JSON.stringify(config, null, '\t');

/** Whoever keeps the file elsewhere has left a link to it here, and that stays. */
function behindLink(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return path;
    throw error;
  }
}

export interface ConfigFile {
  readonly current: Config;
  /** Throws UploadError `disk-full` and keeps the old state, on disk and here, where there is no room. */
  save(next: Config): void;
}

const name = 'config';
const ownerOnly = 0o600;

export function openConfigFile(options: {
  readonly directory: string;
  readonly now: number;
  readonly openStore: OpenConfigStore;
}): { readonly file: ConfigFile; readonly notices: readonly Notice[] } {
  const { directory, now } = options;
  const path = join(directory, `${name}.json`);
  const { value, notices } = readKeptFile({ path, parse: parseConfig, now });
  const store = options.openStore({ directory, name, mode: ownerOnly });
  let current: Config | null = value;
  if (value !== null) tryKeepCopy(path, value);
  const file: ConfigFile = {
    get current() {
      return current ?? {};
    },
    save(next) {
      // The good copy is the way back, so it must be the present state before that state is replaced.
      if (current !== null) keepCopy(path, current);
      const failed = write(store, path, next);
      if (failed !== null) {
        goBack(path, current);
        throw failed;
      }
      current = next;
      tryKeepCopy(path, next);
    },
  };
  return { file, notices };
}

/**
 * electron-store does not look at how many bytes were taken: on a disk that is nearly full it puts a cut file in place of
 * the good one and reports nothing (measured: 8,192 of 12,012 bytes). So what is on disk is read again.
 */
function write(store: ConfigStore, path: string, next: Config): UploadError | null {
  try {
    store.store = { ...next };
    if (holds(path, next)) return null;
    return new UploadError('disk-full', 'config.json could not be saved whole.');
  } catch (error) {
    return saveError(path, error);
  }
}

function holds(path: string, config: Config): boolean {
  const found = readConfig(path);
  return found !== null && isDeepStrictEqual(found, parseConfig(JSON.stringify(config)));
}

/** A rename needs no room. */
function goBack(path: string, before: Config | null): void {
  if (before === null) {
    rmSync(path, { force: true });
  } else if (!holds(path, before)) {
    renameSync(goodCopyOf(path), path);
    tryKeepCopy(path, before);
  }
}

function keepCopy(path: string, config: Config): void {
  if (holds(goodCopyOf(path), config)) return;
  try {
    replaceFile(goodCopyOf(path), textOf(config));
  } catch (error) {
    throw saveError(path, error);
  }
}

function tryKeepCopy(path: string, config: Config): void {
  try {
    keepCopy(path, config);
  } catch {
    // The next save makes the copy first, or does not happen.
  }
}

function readConfig(path: string): Config | null {
  try {
    return parseConfig(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** Null for what is no JSON object. `__internal__` is the store's own bookkeeping, and left to it. */
function parseConfig(text: string): Config | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const { __internal__, ...config } = value as Record<string, unknown>;
    return config;
  } catch {
    return null;
  }
}
