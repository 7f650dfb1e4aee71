/** Destinations through the whole engine. */
import { describe, expect, it } from 'vitest';
import { createProviders } from '#providers';
import { cyberunSchema } from '#shared/destination.ts';
import { describeKinds } from '../../electron/engine/destinations.ts';
import { startEngine } from '../support/engine-fixture.ts';
import { temporaryDirectory } from '../support/temporary.ts';

describe('the services', () => {
  it('are described with the limits that their providers go by', () => {
    const providers = createProviders();
    const kinds = describeKinds(providers);
    const limits = Object.fromEntries(kinds.map((each) => [each.kind, each.limits]));
    expect(limits).toEqual({
      runflow: { minBytes: 1, maxBytes: 50 * 1024 * 1024, mimeTypes: null },
      flora: { minBytes: null, maxBytes: null, mimeTypes: null },
      cyberun: { minBytes: null, maxBytes: 500_000_000, mimeTypes: null },
      pupload: { minBytes: null, maxBytes: null, mimeTypes: null },
    });
    const fresh = cyberunSchema.parse({ id: 'c', name: 'c', kind: 'cyberun', baseUrl: 'https://c.example' });
    expect(fresh.maxSizeBytes).toBe(limits.cyberun?.maxBytes);
  });
});

it('a snapshot says since when the engine runs, and where its log is', async () => {
  const before = Date.now();
  const { engine } = await (await startEngine(await temporaryDirectory())).snapshot();
  expect(engine.startedAt).toBeGreaterThanOrEqual(before);
  expect(engine.startedAt).toBeLessThanOrEqual(Date.now());
  expect(engine.logDirectory).toBeNull();
});
