import { exitCodeOf } from '../exit-code.ts';
import { summaryText } from '../texts.ts';
import type { Ledger } from './ledger.ts';
import type { Reporter } from './reporter.ts';

/** The last words of a command that followed jobs, and its exit code. */
export function tellSummary(
  ledger: Ledger,
  reporter: Reporter,
  options: { readonly refused: number; readonly exitCode?: number },
): number {
  const numbers = ledger.numbers();
  const ends = { ...numbers, refused: options.refused };
  const exitCode = options.exitCode ?? exitCodeOf(ends);
  const { completed, failed, blocked, canceled, left } = numbers;
  reporter.event({
    type: 'summary',
    completed,
    failed,
    blocked,
    canceled,
    refused: options.refused,
    left,
    bytes: numbers.bytesCompleted,
    exitCode,
  });
  for (const line of [summaryText(ends), ...reporter.waysOn()]) reporter.say(line);
  return exitCode;
}
