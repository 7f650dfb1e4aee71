/** What the journal keeps of holds: the newest of each destination, written when it differs from what is there. */

import type { Journal, StoredHold } from '#ports/journal.ts';
import { UploadError } from '#ports/upload-error.ts';
import { type Failure, failureCodes } from '#shared/failure.ts';

export interface HoldShelf {
  known(): readonly StoredHold[];
  put(destinationId: string, hold: StoredHold | null): void;
}

export function createHoldShelf(
  journal: Journal,
  found: readonly StoredHold[],
  onFailure: (error: unknown) => void,
): HoldShelf {
  const kept = new Map(found.map((hold) => [hold.destinationId, JSON.stringify(hold)]));
  return {
    known: () => found,
    put(destinationId, hold) {
      const text = hold === null ? undefined : JSON.stringify(hold);
      const before = kept.get(destinationId);
      if (text === before) return;
      if (text === undefined) kept.delete(destinationId);
      else kept.set(destinationId, text);
      journal.setHold(destinationId, hold).catch((error: unknown) => {
        // Not kept after all: the next change writes it. A full disk has its own hold, and its own words.
        if (before === undefined) kept.delete(destinationId);
        else kept.set(destinationId, before);
        if (!(error instanceof UploadError) || error.code !== 'disk-full') onFailure(error);
      });
    },
  };
}

export function parseFailure(text: string): Failure {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && 'code' in value) {
      const code = failureCodes.find((known) => known === value.code);
      const message = 'message' in value && typeof value.message === 'string' ? value.message : '';
      const facts =
        'facts' in value && typeof value.facts === 'object' && value.facts !== null ? value.facts : {};
      if (code !== undefined) return { code, message, facts };
    }
  } catch {
    // Falls through: a hold whose reason is lost still holds.
  }
  return { code: 'internal', message: '', facts: {} };
}
