/** The command line in this process: its streams are kept, its engine is one in memory, its Ctrl-C is a function. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { loadDemo } from '#engine';
import { systemClock } from '#ports/clock.ts';
import { runCli } from '../../electron/headless/run-cli.ts';
import type { InterruptName, Surroundings } from '../../electron/headless/surroundings.ts';
import { createFakeEngine, type FakeEngine, type FakeOptions } from '../support/fake-engine.ts';

export interface Terminal {
  readonly engine: FakeEngine;
  readonly dir: string;
  readonly stdin: PassThrough;
  out(): string;
  err(): string;
  records(): readonly Record<string, unknown>[];
  /** Resolves when stdout or stderr has had this text. */
  sees(text: string): Promise<void>;
  /** What a person would type here: `hoist resume --all`, with the directory of this terminal. */
  typed(...words: readonly string[]): string;
  interrupt(name?: InterruptName): void;
  readonly exits: readonly number[];
  hoist(...argv: readonly string[]): Promise<number>;
  close(): Promise<void>;
}

export interface TerminalOptions extends FakeOptions {
  readonly env?: Surroundings['env'];
  readonly surroundings?: Partial<Surroundings>;
  /** Stderr is a terminal so wide. */
  readonly columns?: number;
}

export async function openTerminal(options: TerminalOptions = {}): Promise<Terminal> {
  const dir = await mkdtemp(join(tmpdir(), 'hoist-cli-'));
  const engine = createFakeEngine({ dataDir: dir, now: () => Date.now(), ...options });
  const listeners = new Set<(name: InterruptName) => void>();
  const waiting = new Set<() => void>();
  const exits: number[] = [];
  const sink = () => {
    let text = '';
    const stream = new Writable({
      write(chunk, _encoding, done) {
        text += String(chunk);
        for (const check of [...waiting]) check();
        done();
      },
    });
    return { stream, text: () => text };
  };
  const [stdout, stderr] = [sink(), sink()];
  if (options.columns !== undefined) {
    Object.assign(stderr.stream, { isTTY: true, columns: options.columns, rows: 24 });
  }
  const stdin = new PassThrough();
  const surroundings: Surroundings = {
    env: options.env ?? {},
    cwd: dir,
    homeDir: dir,
    platform: 'linux',
    stdin,
    stdout: stdout.stream,
    stderr: stderr.stream,
    clock: systemClock,
    version: '1.2.3',
    openEngine: async () => engine.service,
    loadDemo: async () => ({
      ...(await loadDemo()),
      runDemo: () => Promise.reject(new Error('no demo here')),
    }),
    onInterrupt(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    openInBrowser: () => {},
    exitNow: (code) => void exits.push(code),
    ...options.surroundings,
  };
  const all = () => stdout.text() + stderr.text();
  return {
    engine,
    dir,
    stdin,
    exits,
    out: stdout.text,
    err: stderr.text,
    records: () =>
      stdout
        .text()
        .split('\n')
        .filter((line) => line !== '')
        .map((line): Record<string, unknown> => JSON.parse(line)),
    sees(text) {
      return new Promise((resolve) => {
        const check = () => {
          if (!all().includes(text)) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      });
    },
    interrupt(name = 'SIGINT') {
      for (const listener of [...listeners]) listener(name);
    },
    typed: (...words) => ['hoist', '--data-dir', dir, ...words].join(' '),
    hoist: (...argv) => runCli(['--data-dir', dir, ...argv], surroundings),
    close: () => rm(dir, { recursive: true, force: true }),
  };
}
