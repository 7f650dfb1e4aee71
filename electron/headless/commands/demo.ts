import { dataDirectory } from '#ipc';
import { UploadError } from '#ports/upload-error.ts';
import { demoLines } from '../demo-lines.ts';
import { exitCodes } from '../exit-code.ts';
import { parseBytes, parseCount, parseDuration, parseFault, parsePort } from '../option-values.ts';
import { safeLine } from '../show/safe-text.ts';
import type { DemoParts, Surroundings } from '../surroundings.ts';
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
  const parts = await surroundings.loadDemo();
  const faults = readFaults(parts, options);
  const interrupted = Promise.withResolvers<void>();
  const stop = surroundings.onInterrupt(() => interrupted.resolve());
  const port = options.port === undefined ? undefined : parsePort('--port', options.port);
  const running = await runOn(parts, dataDirectory(options.dataDir, surroundings), {
    clock,
    faults,
    ...(port === undefined ? {} : { port }),
    ...(options.clockScale === undefined ? {} : { clockScale: readScale(options.clockScale) }),
    ...(options.count === true ? { keepObjects: false } : {}),
  });
  try {
    stdout.write(
      demoLines(running.address)
        .map((line) => `${line}\n`)
        .join(''),
    );
    if (running.notice !== null) stderr.write(`${safeLine(running.notice)}\n`);
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

/** Only a port that was asked for can be taken: without one, the service finds another. */
async function runOn({ runDemo }: DemoParts, dataDir: string, options: Parameters<DemoParts['runDemo']>[1]) {
  try {
    return await runDemo(dataDir, options);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (options.port === undefined || (code !== 'EADDRINUSE' && code !== 'EACCES')) throw error;
    throw new CommandError(texts.portTaken(options.port));
  }
}

interface GivenFault {
  /** As it was typed. */
  readonly flag: string;
  readonly name: string;
  readonly value: unknown;
}

/** The options that have a name of their own are faults like those of `--fault`; each is refused by its own name. */
function readFaults({ parseDemoFaults }: DemoParts, options: DemoOptions) {
  const named = (flag: string, name: string, text: string | undefined, read: typeof parseBytes) =>
    text === undefined ? [] : [{ flag: `${flag} ${text}`, name, value: read(flag, text) }];
  const given: readonly GivenFault[] = [
    ...named('--ttl', 'ttlMs', options.ttl, parseDuration),
    ...named('--slow', 'slow', options.slow, parseBytes),
    ...named('--latency', 'latencyMs', options.latency, parseDuration),
    ...named('--drop-after', 'dropAfterBytes', options.dropAfter, parseBytes),
    ...named('--status', 'status', options.status, parseCount),
    ...named('--skew', 'clockSkewMs', options.skew, readSkew),
    ...(options.fault ?? []).map((text) => ({ flag: `--fault ${text}`, ...parseFault(text) })),
  ];
  return Object.assign({}, ...given.map((fault) => readFault(fault, parseDemoFaults))) as ReturnType<
    typeof parseDemoFaults
  >;
}

function readFault({ flag, name, value }: GivenFault, parse: DemoParts['parseDemoFaults']) {
  try {
    return parse({ [name]: value });
  } catch (error) {
    if (!(error instanceof UploadError)) throw error;
    throw new UsageError(texts.badFault(flag, error.failure.message));
  }
}

/** Ahead, or behind with a minus. */
const readSkew = (option: string, text: string): number =>
  text.startsWith('-') ? -parseDuration(option, text.slice(1)) : parseDuration(option, text);

function readScale(text: string): number {
  const scale = Number(text);
  if (!(scale > 0 && Number.isFinite(scale)))
    throw new UsageError(`--clock-scale ${text}: use a number above zero.`);
  return scale;
}
