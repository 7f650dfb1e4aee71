import { create } from 'zustand';
import { persist } from 'zustand/middleware';

const remembered = 4;

const useRecent = create<{ readonly ids: readonly string[] }>()(
  persist(() => ({ ids: [] as readonly string[] }), { name: 'hoist.recent-commands' }),
);

/** Ids of the commands that were chosen in the palette, the last one first. */
export const useRecentCommands = (): readonly string[] => useRecent((state) => state.ids);

export function rememberCommand(id: string): void {
  useRecent.setState(({ ids }) => ({
    ids: [id, ...ids.filter((other) => other !== id)].slice(0, remembered),
  }));
}
