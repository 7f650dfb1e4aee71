/** Fetches Electron's binary with the package's own script, which checks what it got against the package's checksums. */
import { spawn } from 'node:child_process';
import { installerOf } from './find-desktop.ts';

/** Some 120 MB: minutes on a slow line, but no longer than somebody waits. */
const defaultLimitMs = 5 * 60_000;
const longestReason = 160;

/** Null: it is here. Else why not, as a sentence part. */
export function fetchElectron(root: string, limitMs = defaultLimitMs): Promise<string | null> {
  const child = spawn(process.execPath, [installerOf(root)], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    // A stack trace is long; why it failed stands at its beginning.
    if (said.length < 10_000) said += text;
  });
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      resolve(`Electron could not be fetched in time`);
    }, limitMs);
    const end = (why: string | null) => {
      clearTimeout(timer);
      resolve(why);
    };
    child.on('error', (error) => end(`Electron could not be fetched (${error.message})`));
    child.on('close', (code) => end(code === 0 ? null : `Electron could not be fetched${reasonOf(said)}`));
  });
}

/** " (getaddrinfo ENOTFOUND github.com)": the message of the first error, in one line. */
function reasonOf(said: string): string {
  const message = /^\s*(?:\w*Error(?: \[\w+\])?: )(.+)$/m.exec(said)?.[1]?.trim() ?? '';
  return message === '' ? '' : ` (${message.slice(0, longestReason).replace(/\.$/, '')})`;
}
