import { EngineBusyError } from '#ipc';
import { UploadError } from '#ports/upload-error.ts';
import { OtherVersionError } from '#shared/api-client.ts';
import type { Failure } from '#shared/failure.ts';
import { ContractError } from '#shared/ipc.ts';
import { redact } from '#shared/redact.ts';
import { exitCodes } from './exit-code.ts';
import { runProgram } from './program.ts';
import type { Surroundings } from './surroundings.ts';
import * as texts from './texts.ts';
import { CommandError, UsageError } from './usage-error.ts';

/** Runs one command line to its exit code. Whatever goes wrong is said in words; a stack only with HOIST_DEBUG. */
export async function runCli(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    return await runProgram(argv, surroundings);
  } catch (error) {
    const { lines, exitCode } = explainError(error);
    surroundings.stderr.write(lines.map((line) => `hoist: ${line}\n`).join(''));
    if ((surroundings.env.HOIST_DEBUG ?? '') !== '' && error instanceof Error) {
      surroundings.stderr.write(`${error.stack}\n`);
    }
    return exitCode;
  }
}

/** What the user reads, and the exit code. */
export function explainError(error: unknown): {
  readonly lines: readonly string[];
  readonly exitCode: number;
} {
  if (error instanceof UsageError) return { lines: [error.message], exitCode: exitCodes.usage };
  if (error instanceof CommandError) return { lines: [error.message], exitCode: exitCodes.failed };
  if (error instanceof EngineBusyError)
    return { lines: [texts.engineBusy(error.dataDir)], exitCode: exitCodes.failed };
  if (error instanceof OtherVersionError) return { lines: [texts.otherVersion], exitCode: exitCodes.failed };
  if (error instanceof ContractError || error instanceof UploadError) return explainRefusal(error.failure);
  const message = error instanceof Error ? error.message : String(error);
  return { lines: [texts.unknownError(redact(message))], exitCode: exitCodes.failed };
}

/** `invalid` is the engine's word for a command line that cannot be. */
const explainRefusal = (failure: Failure) => ({
  lines: texts.failureLines(failure),
  exitCode: failure.code === 'invalid' ? exitCodes.usage : exitCodes.failed,
});
