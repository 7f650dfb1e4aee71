/** Keeps the setting and the system in agreement. Whoever changes either of them later is the one who is right. */
import type { Settings, SettingsPatch } from '#shared/settings.ts';
import type { LoginItem } from './login-item.ts';

export interface LoginKeeper {
  follow(settings: Pick<Settings, 'launchAtLogin'>): void;
}

export function keepLoginItem(parts: {
  readonly item: LoginItem;
  readonly updateSettings: (patch: SettingsPatch) => Promise<unknown>;
  readonly onFailure: (error: unknown) => void;
}): LoginKeeper {
  const { item } = parts;
  let wanted: boolean | null = null;

  /** What the system has is what is true, so the setting shows it. */
  function settle(isWanted: boolean): void {
    const isOn = item.isOn();
    wanted = isOn;
    if (isOn !== isWanted) parts.updateSettings({ launchAtLogin: isOn }).catch(parts.onFailure);
  }

  return {
    follow({ launchAtLogin }) {
      if (launchAtLogin === wanted) return;
      try {
        // At the start nothing is switched on: somebody may have switched it off in the system's own settings. What is on
        // is written anew, because the app may have moved.
        if (wanted !== null || (launchAtLogin && item.isOn())) item.set(launchAtLogin);
        settle(launchAtLogin);
      } catch (error) {
        parts.onFailure(error);
        settle(launchAtLogin);
      }
    },
  };
}
