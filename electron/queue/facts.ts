/** What was learned about a destination and outlives the process: parsed when read, small. */
import { z } from 'zod';
import type { Journal } from '#ports/journal.ts';

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
  for (const stored of await journal.facts()) {
    const parsed = factsSchema.safeParse(parseJson(stored.facts));
    if (parsed.success) facts.set(stored.destinationId, parsed.data);
  }
  return {
    of: (destinationId) => facts.get(destinationId) ?? noFacts,
    learn(destinationId, patch) {
      const before = facts.get(destinationId) ?? noFacts;
      const after = { ...before, ...patch };
      facts.set(destinationId, after);
      // Speeds change all the time and are worth no write; what the store does is.
      if (before.checksAtEnd === after.checksAtEnd) return;
      journal.setFacts({ destinationId, facts: JSON.stringify(after) }).catch(onFailure);
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
