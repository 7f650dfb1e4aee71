/**
 * `hoist.log`: one JSON object a line, written at once, so that the last words of a crash are there. It never throws and
 * never holds anybody up: a log that cannot be written is a log less.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { redactWhole } from '#shared/redact.ts';

export type LogLevel = 'info' | 'warning' | 'error';
/** Facts of a line. Texts are redacted before they are written. */
export type LogFacts = Readonly<Record<string, string | number | boolean | null>>;

export interface Log {
  readonly directory: string;
  readonly path: string;
  write(level: LogLevel, event: string, facts?: LogFacts): void;
  /** Whatever was thrown, with its stack and its causes. */
  failed(event: string, error: unknown, facts?: LogFacts): void;
  close(): void;
}

export interface LogOptions {
  readonly directory: string;
  /** Epoch ms. */
  readonly now: () => number;
  readonly maxBytes?: number;
  readonly files?: number;
}

const name = 'hoist';
const defaultMaxBytes = 5 * 1024 * 1024;
const defaultFiles = 5;
const ownerOnly = 0o600;
/** A text that is longer says nothing more. */
const longestText = 8000;

export function openLog(options: LogOptions): Log {
  const { directory, maxBytes = defaultMaxBytes, files = defaultFiles } = options;
  const pathOf = (index: number) => join(directory, index === 0 ? `${name}.log` : `${name}.${index}.log`);
  const path = pathOf(0);
  let file: number | null = null;
  let sizeBytes = 0;

  function open(): number | null {
    if (file !== null) return file;
    try {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      file = openSync(path, 'a', ownerOnly);
      sizeBytes = statSync(path).size;
    } catch {
      file = null;
    }
    return file;
  }

  function close(): void {
    if (file === null) return;
    const open = file;
    file = null;
    quietly(() => closeSync(open));
  }

  function rotate(): void {
    close();
    quietly(() => rmSync(pathOf(files - 1), { force: true }));
    for (let index = files - 2; index >= 0; index -= 1) {
      quietly(() => renameSync(pathOf(index), pathOf(index + 1)));
    }
  }

  function put(line: Buffer, isUrgent: boolean): void {
    if (sizeBytes > 0 && sizeBytes + line.length > maxBytes) rotate();
    const target = open();
    if (target === null) return;
    try {
      writeSync(target, line);
      sizeBytes += line.length;
      if (isUrgent) fsyncSync(target);
    } catch {
      // A full disk, or the file was taken away: the next line tries with a fresh one.
      close();
    }
  }

  const write: Log['write'] = (level, event, facts = {}) => {
    const line = { at: new Date(options.now()).toISOString(), level, event, ...clean(facts) };
    put(Buffer.from(`${JSON.stringify(line)}\n`), level === 'error');
  };
  open();
  return {
    directory,
    path,
    write,
    failed: (event, error, facts = {}) => write('error', event, { ...facts, ...factsOf(error) }),
    close,
  };
}

/** A name, what was said, where, and why: the causes behind it, the nearest first. */
export function factsOf(error: unknown): LogFacts {
  if (!(error instanceof Error)) return { error: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const causes: string[] = [];
  for (let cause = error.cause; cause instanceof Error && causes.length < 5; cause = cause.cause) {
    causes.push(`${cause.name}: ${cause.message}`);
  }
  return {
    error: `${error.name}: ${error.message}`,
    ...code,
    ...(error.stack === undefined ? {} : { stack: error.stack }),
    ...(causes.length === 0 ? {} : { causes: causes.join(' | ') }),
  };
}

function clean(facts: LogFacts): LogFacts {
  return Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [
      key,
      typeof value === 'string' ? redactWhole(value).slice(0, longestText) : value,
    ]),
  );
}

function quietly(act: () => void): void {
  try {
    act();
  } catch {
    // What is not there, or may not be touched: the log goes on as well as it can.
  }
}
