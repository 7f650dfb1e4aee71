import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** Where this person sent files last from this window; an id that may be gone meanwhile. */
const useLastDestination = create<{ readonly id: string | null }>()(
  persist(() => ({ id: null as string | null }), { name: 'hoist.last-destination' }),
);

export const lastDestinationId = (): string | null => useLastDestination.getState().id;
export function rememberDestination(id: string): void {
  useLastDestination.setState({ id });
}
