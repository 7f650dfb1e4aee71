import { useEffect } from 'react';
import { useLive } from '../live/window-context.tsx';

/** Puts the theme of the settings (or of the system) on the page. */
export function useAppearance(): void {
  const theme = useLive(({ settings }) => settings?.theme ?? 'system');
  useEffect(() => {
    const system = window.matchMedia('(prefers-color-scheme: dark)');
    const apply = () => {
      const isDark = theme === 'dark' || (theme === 'system' && system.matches);
      document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
    };
    apply();
    system.addEventListener('change', apply);
    return () => system.removeEventListener('change', apply);
  }, [theme]);
}
