/** What was learned about a destination and outlives the process: parsed when read, small. */
import { z } from 'zod';
import type { Journal } from '#ports/journal.ts';
import { UploadError } from '#ports/upload-error.ts';

const factsSchema = z.object({
  /** Its store was seen to refuse a transfer that began in time: the whole transfer must fit. */
  checksAtEnd: z.boolean().default(false),
  /** Speed of the last whole transfers, bytes a second, smoothed. */
  bytesPerSecond: z.number().nullable().default(null),
  /** TTL of the last target. */
  ttlMs: z.number().nullable().default(null),
});
export type DestinationFacts = z.infer<typeof factsSchema>;

const noFacts = factsSchema.parse({});

export interface FactBook {
  of(destinationId: string): DestinationFacts;
  learn(destinationId: string, patch: Partial<DestinationFacts>): void;
}

export async function openFactBook(journal: Journal, onFailure: (error: unknown) => void): Promise<FactBook> {
  const facts = new Map<string, DestinationFacts>();
  /** What the disk knows of when a store checks. */
  const kept = new Map<string, boolean>();
  for (const stored of await journal.facts()) {
    const parsed = factsSchema.safeParse(parseJson(stored.facts));
    if (!parsed.success) continue;
    facts.set(stored.destinationId, parsed.data);
    kept.set(stored.destinationId, parsed.data.checksAtEnd);
  }

  /** Speeds change all the time and are worth no write; what the store does is. */
  function keep(destinationId: string, after: DestinationFacts): void {
    const before = kept.get(destinationId) ?? false;
    if (before === after.checksAtEnd) return;
    kept.set(destinationId, after.checksAtEnd);
    journal.setFacts({ destinationId, facts: JSON.stringify(after) }).catch((error: unknown) => {
      // Not kept after all: what is learned next writes it. A full disk is told of elsewhere.
      kept.set(destinationId, before);
      if (!(error instanceof UploadError) || error.code !== 'disk-full') onFailure(error);
    });
  }

  return {
    of: (destinationId) => facts.get(destinationId) ?? noFacts,
    learn(destinationId, patch) {
      const after = { ...(facts.get(destinationId) ?? noFacts), ...patch };
      facts.set(destinationId, after);
      keep(destinationId, after);
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
