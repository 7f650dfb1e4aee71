import type { Readable, Writable } from 'node:stream';
import type { loadDemo } from '#engine';
import type { Clock } from '#ports/clock.ts';
import type { EngineOptions, EngineService } from '#ports/engine-service.ts';

/** A stream to a person or a pipe. */
export type Output = Writable & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
};

export type Input = Readable & { readonly isTTY?: boolean; setRawMode?(isRaw: boolean): unknown };

/** The demo service, and what can be made to go wrong with it. */
export type DemoParts = Awaited<ReturnType<typeof loadDemo>>;

/** All that the command line touches of its process: tests hand in their own. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly homeDir: string;
  readonly platform: NodeJS.Platform;
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly clock: Clock;
  readonly version: string;
  readonly openEngine: (options: EngineOptions) => Promise<EngineService | 'locked'>;
  readonly loadDemo: typeof loadDemo;
  /** Tells of Ctrl-C and of a polite end from outside; returns its undo. */
  readonly onInterrupt: (listener: (signal: InterruptName) => void) => () => void;
  /** Shows an address to whoever sits there, if anybody can. */
  readonly openInBrowser: (url: string) => void;
  /** Ends the process at once. */
  readonly exitNow: (code: number) => void;
}

export type InterruptName = 'SIGINT' | 'SIGTERM' | 'SIGHUP';
