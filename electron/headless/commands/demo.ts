import { dataDirectory } from '../data-dir.ts';
import { demoLines } from '../demo-lines.ts';
import { exitCodes } from '../exit-code.ts';
import { parseBytes, parseCount, parseDuration, parseFault } from '../option-values.ts';
import type { Surroundings } from '../surroundings.ts';
import * as texts from '../texts.ts';
import { CommandError, UsageError } from '../usage-error.ts';

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
  const { stdout, stderr, clock } = surroundings;
  const faults = readFaults(surroundings, options);
  const interrupted = Promise.withResolvers<void>();
  const stop = surroundings.onInterrupt(() => interrupted.resolve());
  const running = await surroundings.runDemo(dataDirectory(options.dataDir, surroundings), {
    clock,
    faults,
    ...(options.port === undefined ? {} : { port: parseCount('--port', options.port) }),
    ...(options.clockScale === undefined ? {} : { clockScale: readScale(options.clockScale) }),
    ...(options.count === true ? { keepObjects: false } : {}),
  });
  try {
    stdout.write(
      demoLines(running.address)
        .map((line) => `${line}\n`)
        .join(''),
    );
    if (!running.isOwn) throw new CommandError(texts.demoElsewhere(running.address.origin));
    stderr.write(`${texts.demoRuns(Object.keys(faults))}\n`);
    await interrupted.promise;
  } finally {
    stop();
    await running.close();
  }
  stderr.write(`${texts.demoStopped}\n`);
  return exitCodes.ok;
}

/** The options that have a name of their own are faults like those of `--fault`. */
function readFaults(surroundings: Surroundings, options: DemoOptions) {
  const named = {
    ttlMs: options.ttl === undefined ? undefined : parseDuration('--ttl', options.ttl),
    slow: options.slow === undefined ? undefined : parseBytes('--slow', options.slow),
    latencyMs: options.latency === undefined ? undefined : parseDuration('--latency', options.latency),
    dropAfterBytes:
      options.dropAfter === undefined ? undefined : parseBytes('--drop-after', options.dropAfter),
    status: options.status === undefined ? undefined : parseCount('--status', options.status),
    clockSkewMs: options.skew === undefined ? undefined : readSkew(options.skew),
  };
  const given = Object.entries(named).filter(([, value]) => value !== undefined);
  const others = (options.fault ?? []).map(parseFault).map(({ name, value }) => [name, value] as const);
  try {
    return surroundings.parseDemoFaults(Object.fromEntries([...given, ...others]));
  } catch (error) {
    throw new UsageError(texts.badFault(error instanceof Error ? error.message : String(error)));
  }
}

/** Ahead, or behind with a minus. */
const readSkew = (text: string): number =>
  text.startsWith('-') ? -parseDuration('--skew', text.slice(1)) : parseDuration('--skew', text);

function readScale(text: string): number {
  const scale = Number(text);
  if (!(scale > 0)) throw new UsageError(`--clock-scale ${text}: use a number above zero.`);
  return scale;
}
