import { useState } from 'react';
import { useWindow } from '../live/window-context.tsx';
import { Button } from '../ui/button.tsx';
import { Switch } from '../ui/switch.tsx';
import { Unavailable } from '../ui/unavailable.tsx';
import { settingsWords as words } from '../words/settings.ts';
import { useSettings } from './use-settings.ts';

export function Notifications() {
  const { settings, change } = useSettings();
  const { host } = useWindow();
  const { notifications } = settings;
  return (
    <>
      <p className="m-0 text-ink-2 text-sm">{words.notificationsHint}</p>
      <Switch
        label={words.completed}
        isOn={notifications.completed}
        onChange={(completed) => void change({ notifications: { completed } })}
      />
      <Switch
        label={words.problems}
        isOn={notifications.problems}
        onChange={(problems) => void change({ notifications: { problems } })}
      />
      {host.kind === 'browser' && (
        <Unavailable why={null}>
          <Permission />
        </Unavailable>
      )}
    </>
  );
}

/** A browser shows notifications of a page only after its person said so, once. */
function Permission() {
  const [permission, setPermission] = useState(Notification.permission);
  if (permission === 'granted') return null;
  if (permission === 'denied') return <p className="m-0 text-sm text-warn">{words.denied}</p>;
  return (
    <div>
      <Button onClick={() => void Notification.requestPermission().then(setPermission)}>{words.allow}</Button>
    </div>
  );
}
