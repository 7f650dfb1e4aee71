import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** Up to when this person has seen the engine's messages; epoch ms. */
const useReadUntil = create<{ readonly at: number }>()(
  persist(() => ({ at: 0 }), { name: 'hoist.read-notices' }),
);

export const useNoticesReadUntil = (): number => useReadUntil((state) => state.at);
export function markNoticesRead(at: number): void {
  useReadUntil.setState((state) => (at > state.at ? { at } : state));
}
