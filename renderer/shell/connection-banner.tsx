import { Unplug } from 'lucide-react';
import { useNow } from '../live/use-now.ts';
import { useLive, useWindow } from '../live/window-context.tsx';
import { duration } from '../words/amounts.ts';
import { attentionWords as words } from '../words/attention.ts';
import { timeToTheSecond } from '../words/times.ts';

/** Over the page while the engine is gone: that all below is from before, and since when. The status bar speaks it. */
export function ConnectionBanner() {
  const { kind } = useWindow().host;
  const lostAt = useLive((live) => live.lostAt);
  const now = useNow(lostAt !== null);
  if (lostAt === null) return null;
  const passed = now - lostAt;
  return (
    <div className="flex shrink-0 items-start gap-2 bg-bad-soft px-4.5 py-1.5 text-bad text-sm">
      <Unplug aria-hidden size={14} className="mt-0.5 shrink-0" />
      <p className="m-0">
        <span className="font-medium">{words.lost}</span>{' '}
        <span>{words.lostSince(timeToTheSecond(lostAt), passed < 1000 ? null : duration(passed))}</span>{' '}
        <span>{words.startAgain[kind]}</span>
      </p>
    </div>
  );
}
