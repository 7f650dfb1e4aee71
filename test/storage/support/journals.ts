/** Real journals in directories of their own, which are gone when the test is over. */
import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '#ports/clock.ts';
import type { Sealer } from '#ports/journal.ts';
import { type JournalOptions, type OpenedJournal, openJournal } from '#storage';

export interface TestClock extends Clock {
  time: number;
}

export function testClock(time = 1_800_000_000_000): TestClock {
  const clock: TestClock = {
    time,
    now: () => clock.time,
    monotonic: () => clock.time,
    setTimer: () => () => {},
  };
  return clock;
}

export function testSealer(bytes: Uint8Array = new Uint8Array(32).fill(7)): Sealer {
  // Made once: a key given as bytes costs three times as much with every use.
  const key = createSecretKey(bytes);
  return {
    seal(plain) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      return Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed) {
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
        decipher.setAuthTag(sealed.subarray(-16));
        return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}

/** Directories and journals of one test file; `clear` after each test. */
export class Journals {
  readonly #directories: string[] = [];
  readonly #open = new Set<OpenedJournal>();
  readonly sealer = testSealer();
  clock = testClock();

  directory(): string {
    const directory = mkdtempSync(join(tmpdir(), 'hoist-journal-'));
    this.#directories.push(directory);
    return directory;
  }

  async open(overrides: Partial<JournalOptions> = {}): Promise<OpenedJournal> {
    const journal = await openJournal({
      directory: overrides.directory ?? this.directory(),
      clock: this.clock,
      sealer: this.sealer,
      ...overrides,
    });
    this.#open.add(journal);
    return journal;
  }

  async closeAll(): Promise<void> {
    await Promise.allSettled([...this.#open].map((journal) => journal.close()));
    this.#open.clear();
  }

  async clear(): Promise<void> {
    await this.closeAll();
    for (const directory of this.#directories.splice(0)) {
      rmSync(directory, { recursive: true, force: true });
    }
    this.clock = testClock();
  }
}
