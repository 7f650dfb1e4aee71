import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export type ViewMode = 'cards' | 'list';

/** How this browser showed links the last time. */
const useMode = create<{ readonly mode: ViewMode }>()(
  persist(() => ({ mode: 'cards' as ViewMode }), { name: 'hoist.links-view' }),
);

/** What is stored there may be anything. */
export const useViewMode = (): ViewMode => useMode(({ mode }) => (mode === 'list' ? 'list' : 'cards'));

export function setViewMode(mode: ViewMode): void {
  useMode.setState({ mode });
}
