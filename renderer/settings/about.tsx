import { useNow } from '../live/use-now.ts';
import { useLive } from '../live/window-context.tsx';
import { goTo, openOverlay } from '../shell/navigation.ts';
import { Button } from '../ui/button.tsx';
import { passed } from '../words/passed.ts';
import { settingsWords as words } from '../words/settings.ts';

export function About() {
  const engine = useLive((live) => live.engine);
  const now = useNow();
  if (engine === null) return null;
  const facts = [
    [words.version, engine.version],
    [words.process, String(engine.pid)],
    [words.running, passed(now - engine.startedAt)],
    [words.license, words.licenseName],
  ] as const;
  return (
    <>
      <dl className="m-0 grid grid-cols-[8rem_1fr] gap-x-4 gap-y-1">
        {facts.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-ink-3">{label}</dt>
            <dd className="m-0">{value}</dd>
          </div>
        ))}
      </dl>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => openOverlay({ name: 'keys' })}>{words.keys}</Button>
        <Button onClick={() => goTo({ name: 'first-run' })}>{words.firstRun}</Button>
      </div>
    </>
  );
}
