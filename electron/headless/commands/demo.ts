import { dataDirectory } from '../data-dir.ts';
import { exitCodes } from '../exit-code.ts';
import { parseBytes, parseCount, parseDuration, parseFault } from '../option-values.ts';
import { safeLine } from '../show/safe-text.ts';
import type { DemoRequest, Surroundings } from '../surroundings.ts';
import * as texts from '../texts.ts';
import { UsageError } from '../usage-error.ts';

export interface DemoOptions {
  readonly dataDir?: string;
  readonly port?: string;
  readonly ttl?: string;
  readonly slow?: string;
  readonly latency?: string;
  readonly dropAfter?: string;
  readonly status?: string;
  readonly skew?: string;
  readonly fault?: readonly string[];
  readonly clockScale?: string;
  readonly count?: boolean;
}

/** Runs the demo service alone, until Ctrl-C. */
export async function demo(surroundings: Surroundings, options: DemoOptions): Promise<number> {
  const { stdout, stderr } = surroundings;
  const interrupted = Promise.withResolvers<void>();
  const running = await surroundings.runDemo(readRequest(surroundings, options));
  const stop = surroundings.onInterrupt(interrupted.resolve as () => void);
  try {
    stdout.write(running.lines.map((line) => `${safeLine(line)}\n`).join(''));
    await interrupted.promise;
  } finally {
    stop();
    await running.close();
  }
  stderr.write(`${texts.demoStopped}\n`);
  return exitCodes.ok;
}

/** The options that have a name of their own are faults like those of `--fault`. */
export function readRequest(surroundings: Surroundings, options: DemoOptions): DemoRequest {
  const named = {
    ttlMs: options.ttl === undefined ? undefined : parseDuration('--ttl', options.ttl),
    slow: options.slow === undefined ? undefined : parseBytes('--slow', options.slow),
    latencyMs: options.latency === undefined ? undefined : parseDuration('--latency', options.latency),
    dropAfterBytes:
      options.dropAfter === undefined ? undefined : parseBytes('--drop-after', options.dropAfter),
    status: options.status === undefined ? undefined : parseCount('--status', options.status),
    clockSkewMs: options.skew === undefined ? undefined : readSkew(options.skew),
  };
  const faults = (options.fault ?? []).map(parseFault).map(({ name, value }) => [name, value] as const);
  return {
    dataDir: dataDirectory(options.dataDir, surroundings),
    ...(options.port === undefined ? {} : { port: parseCount('--port', options.port) }),
    faults: Object.fromEntries([
      ...Object.entries(named).filter(([, value]) => value !== undefined),
      ...faults,
    ]),
    ...(options.clockScale === undefined ? {} : { clockScale: readScale(options.clockScale) }),
    keepsObjects: options.count !== true,
  };
}

/** Ahead, or behind with a minus. */
const readSkew = (text: string): number =>
  text.startsWith('-') ? -parseDuration('--skew', text.slice(1)) : parseDuration('--skew', text);

function readScale(text: string): number {
  const scale = Number(text);
  if (!(scale > 0)) throw new UsageError(`--clock-scale ${text}: use a number above zero.`);
  return scale;
}
