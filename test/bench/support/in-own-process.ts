/** One upload in a process of its own, so that its memory is its own. */
import { join } from 'node:path';
import type { UploadTarget } from '#ports/reservation.ts';
import { run } from './programs.ts';

export async function sendInOwnProcess(
  path: string,
  target: UploadTarget,
): Promise<{ readonly ms: number; readonly peakMib: number }> {
  const script = join(import.meta.dirname, 'send-and-tell-memory.ts');
  const { stdout } = await run(process.execPath, [script, path, JSON.stringify(target)]);
  const { ms, peakKib } = JSON.parse(stdout);
  return { ms, peakMib: peakKib / 1024 };
}
