/** A display for windows that nobody looks at: the one that is there, else Xvfb, else none. */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';

export interface Display {
  /** What a browser needs to find it; null: there is none, and the browser has to do without. */
  readonly environment: Readonly<Record<string, string>> | null;
  close(): void;
}

const xvfb = '/usr/bin/Xvfb';

export async function openDisplay(): Promise<Display> {
  const isElsewhere = process.platform !== 'linux' || (process.env.DISPLAY ?? '') !== '';
  if (isElsewhere) return { environment: {}, close: () => {} };
  try {
    accessSync(xvfb, constants.X_OK);
  } catch {
    return { environment: null, close: () => {} };
  }
  const server = spawn(xvfb, ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise<string>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`Xvfb ended at once (${code}).`)));
    server.stdio[3]?.once('data', (data: Buffer) => resolve(String(data).trim()));
  });
  return { environment: { DISPLAY: `:${number}` }, close: () => void server.kill() };
}
