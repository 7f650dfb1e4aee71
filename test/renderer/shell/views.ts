import { destinationSchema } from '#shared/destination.ts';
import type { DestinationView } from '#shared/ipc.ts';

/** A destination as the engine tells it; its id is its name. */
export function destinationView(name: string, more: Readonly<Record<string, unknown>> = {}): DestinationView {
  const destination = destinationSchema.parse({
    id: name,
    name,
    kind: 'runflow',
    baseUrl: 'https://api.example.test',
    ...more,
  });
  return { destination, hasKey: true, keyEnding: null, hold: null, mimeTypes: null };
}
