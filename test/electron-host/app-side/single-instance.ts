/**
 * The lock of a single instance, between real processes: a file with the owner's process in the profile's folder, and
 * letters to the owner beside it. As in Chromium, a lock whose process is gone is taken over.
 */
import {
  type FSWatcher,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

export interface Letter {
  readonly argv: string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
}

const pauseMs = 20;
const patienceMs = 20_000;

export interface InstanceLock {
  release(): void;
}

/** Null: another process has it, and has taken the letter. */
export function takeLock(
  profile: string,
  letter: Letter,
  onLetter: (letter: Letter) => void,
): InstanceLock | null {
  const letters = join(profile, 'SingletonLetters');
  const lock = join(profile, 'SingletonLock');
  mkdirSync(letters, { recursive: true });
  if (!claim(lock)) {
    const owner = Number(readFileSync(lock, 'utf8'));
    if (isAlive(owner)) {
      handOver(letters, letter);
      return null;
    }
    rmSync(lock, { force: true });
    if (!claim(lock)) return null;
  }
  const watcher = readLetters(letters, onLetter);
  const release = () => {
    watcher.close();
    rmSync(lock, { force: true });
  };
  process.once('exit', release);
  return { release };
}

function claim(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits until the owner has read it, as the real one does. */
function handOver(letters: string, letter: Letter): void {
  const draft = join(letters, `.${process.pid}`);
  const name = join(letters, `${process.pid}.json`);
  writeFileSync(draft, JSON.stringify(letter));
  renameSync(draft, name);
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let waited = 0; waited < patienceMs; waited += pauseMs) {
    if (!readdirSync(letters).includes(`${process.pid}.json`)) return;
    Atomics.wait(pause, 0, 0, pauseMs);
  }
  throw new Error('The first instance does not take the letter of the second.');
}

function readLetters(letters: string, onLetter: (letter: Letter) => void): FSWatcher {
  const read = () => {
    for (const name of readdirSync(letters)) {
      if (!name.endsWith('.json')) continue;
      const letter = JSON.parse(readFileSync(join(letters, name), 'utf8')) as Letter;
      rmSync(join(letters, name));
      onLetter(letter);
    }
  };
  const watcher = watch(letters, read);
  watcher.unref();
  setImmediate(read);
  return watcher;
}
