/** What stays of a destination that was removed: enough to name its jobs, and to know it when it comes back. Pure. */
import { z } from 'zod';
import { type Destination, destinationNameSchema, providerKinds } from '#shared/destination.ts';
import { isSameName } from './make-destination.ts';

const removedSchema = z.object({
  id: z.string().min(1).max(64),
  name: destinationNameSchema,
  kind: z.enum(providerKinds),
});
export type RemovedDestination = Readonly<z.infer<typeof removedSchema>>;

/** One that does not parse is dropped: it is only a name. */
export const parseRemoved = (value: unknown): readonly RemovedDestination[] =>
  (Array.isArray(value) ? value : []).flatMap((entry) => {
    const { data } = removedSchema.safeParse(entry);
    return data === undefined ? [] : [data];
  });

export const withRemoved = (
  removed: readonly RemovedDestination[],
  { id, name, kind }: Destination,
): readonly RemovedDestination[] => [...removed.filter((other) => other.id !== id), { id, name, kind }];

/** The one that a destination of this name and kind continues, the latest where there are several; null for a new one. */
export const continuedBy = (
  removed: readonly RemovedDestination[],
  draft: { readonly name: string; readonly kind: string },
): RemovedDestination | null =>
  removed.findLast(({ name, kind }) => kind === draft.kind && isSameName(name, draft.name.trim())) ?? null;
