import { useCallback } from 'react';
import type { Settings, SettingsPatch } from '#shared/settings.ts';
import { attempt } from '../live/attempt.ts';
import { useLive, useWindow } from '../live/window-context.tsx';

/**
 * The settings as the engine has them, and what changes some: the screen shows a change when the engine has it, so nothing
 * has to be taken back when it is refused.
 */
export function useSettings(): {
  readonly settings: Settings;
  readonly change: (patch: SettingsPatch) => Promise<boolean>;
} {
  const { api, live } = useWindow();
  const settings = useLive((state) => state.settings);
  if (settings === null) throw new Error('Settings are shown before the engine told them.');
  const change = useCallback(
    async (patch: SettingsPatch) => {
      const changed = await attempt(api.updateSettings(patch));
      if (changed !== null) live.setState({ settings: changed });
      return changed !== null;
    },
    [api, live],
  );
  return { settings, change };
}
