import { useWindow } from '../live/window-context.tsx';
import { Switch } from '../ui/switch.tsx';
import { settingsWords as words } from '../words/settings.ts';
import { useSettings } from './use-settings.ts';

export function WindowSettings() {
  const { settings, change } = useSettings();
  const isDesktop = useWindow().host.kind === 'desktop';
  const shared = { isDisabled: !isDesktop, ...(isDesktop ? {} : { hint: words.desktopOnly }) };
  return (
    <>
      <Switch
        {...shared}
        label={words.launch}
        isOn={settings.launchAtLogin}
        onChange={(launchAtLogin) => void change({ launchAtLogin })}
      />
      <Switch
        {...shared}
        label={words.tray}
        isOn={settings.closeToTray}
        onChange={(closeToTray) => void change({ closeToTray })}
      />
    </>
  );
}
