/** Why the app could not start, as a person reads it: what, why, what to do. Pure. */
import { EngineBusyError } from '#ipc';
import { UploadError } from '#ports/upload-error.ts';
import { OtherVersionError } from '#shared/api-client.ts';
import { explainFailure, type Failure } from '#shared/failure.ts';
import { ContractError } from '#shared/ipc.ts';
import { redact } from '#shared/redact.ts';

export interface BootFailure {
  readonly title: string;
  readonly text: string;
}

const title = 'Hoist could not start';

export function describeBootFailure(error: unknown, dataDir: string): BootFailure {
  return { title, text: [...linesOf(error), '', `Data directory: ${dataDir}`].join('\n') };
}

function linesOf(error: unknown): readonly string[] {
  if (error instanceof EngineBusyError) {
    return [
      'Another process uses the data directory, but it does not answer.',
      'Wait a moment and start Hoist again, or end that process.',
    ];
  }
  if (error instanceof OtherVersionError) {
    return [
      'Another version of Hoist is running on this data directory.',
      'End it (also "hoist" commands in a terminal), or use the same version.',
    ];
  }
  if (error instanceof UploadError || error instanceof ContractError) return failureLines(error.failure);
  const message = redact(error instanceof Error ? error.message : String(error));
  return [
    `Hoist made a mistake: ${message}`,
    'Start it again; if that does not help, report this sentence. Your files and the queue are untouched.',
  ];
}

function failureLines(failure: Failure): readonly string[] {
  const { reason, hint } = explainFailure(failure);
  const own = failure.message.trim();
  return [reason, ...(own === '' ? [] : [own]), hint];
}
