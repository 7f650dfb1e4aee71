import { CircleAlert, CircleCheck, Clock, Ellipsis, type LucideIcon, Pause, Play, Star } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { explainFailure } from '#shared/failure.ts';
import type { DestinationView, JobFilter, QueueCounts, VerificationView } from '#shared/ipc.ts';
import { attempt } from '../live/attempt.ts';
import { removeWithUndo } from '../live/undoable.ts';
import { useCounts } from '../live/use-counts.ts';
import { useNow } from '../live/use-now.ts';
import { useLive, useWindow } from '../live/window-context.tsx';
import { EngineState } from '../shell/engine-state.tsx';
import { goTo, openOverlay, type TabName } from '../shell/navigation.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Dotted } from '../ui/dotted.tsx';
import { ActionMenu, type MenuEntry } from '../ui/menu.tsx';
import { MiddleCut } from '../ui/middle-cut.tsx';
import { Pill } from '../ui/pill.tsx';
import { common } from '../words/common.ts';
import { destinationWords as words } from '../words/destinations.ts';
import { factsOf } from './destination-facts.ts';
import { stateOf } from './destination-state.ts';
import { ServiceMark } from './service-mark.tsx';

type Cure = NonNullable<ReturnType<typeof stateOf>['cure']>;
const cureWords: Readonly<Record<Cure, string>> = {
  key: words.updateKey,
  resume: words.resume,
  'go-on': words.goOn,
};

const icons: Readonly<Record<ReturnType<typeof stateOf>['shape'], LucideIcon>> = {
  paused: Pause,
  attention: CircleAlert,
  working: CircleCheck,
  waiting: Clock,
};

/** One account: how it stands, what it has to do, and what can be done. */
export function DestinationCard({ view }: { readonly view: DestinationView }) {
  const { destination } = view;
  const { api, live } = useWindow();
  const isDefault = useLive(({ settings }) => settings?.defaultDestinationId === destination.id);
  const filter = useMemo<JobFilter>(() => ({ destinationId: destination.id }), [destination.id]);
  const counts = useCounts(filter);
  const now = useNow(view.hold?.until != null);
  const [tested, setTested] = useState<VerificationView | 'running' | null>(null);
  const state = stateOf(view, now);
  const edit = () => openOverlay({ name: 'destination', id: destination.id });

  useEffect(() => {
    // A test tells of the destination as it was.
    if (view.hold !== null) setTested(null);
  }, [view.hold]);

  async function test(): Promise<void> {
    setTested('running');
    setTested(await attempt(api.testDestination(destination.id)));
  }

  const cures: Readonly<Record<Cure, () => void>> = {
    key: edit,
    resume: () => void attempt(api.unblockDestination(destination.id)),
    'go-on': () => void attempt(api.unblockDestination(destination.id)),
  };
  const isPaused = state.cure === 'resume';
  const entries: readonly MenuEntry[] = [
    ...(isDefault
      ? []
      : [
          {
            kind: 'action' as const,
            label: words.makeDefault,
            icon: Star,
            run: () => void attempt(api.updateSettings({ defaultDestinationId: destination.id })),
          },
        ]),
    isPaused
      ? { kind: 'action', label: words.resume, icon: Play, run: cures.resume }
      : {
          kind: 'action',
          label: words.pause,
          icon: Pause,
          run: () => void attempt(api.pauseDestination(destination.id)),
        },
    ...(destination.isDemo
      ? []
      : [
          { kind: 'separator' as const },
          {
            kind: 'action' as const,
            label: words.remove,
            isDanger: true,
            run: () => {
              const { all, byTab } = counts ?? live.getState().counts;
              removeWithUndo({
                name: `destination ${destination.id}`,
                title: words.removed(destination.name),
                text: words.removedText(all - byTab.done - byTab.failed),
                remove: () => attempt(api.removeDestination(destination.id)),
              });
            },
          },
        ]),
  ];

  return (
    <article
      aria-label={destination.name}
      className="flex h-full flex-col gap-3 rounded-xl border border-line bg-panel p-4"
    >
      <div className="flex items-start gap-3">
        <ServiceMark kind={destination.kind} isLarge />
        <div className="min-w-0 flex-1">
          <div className="flex items-center gap-2">
            <h3 className="m-0 me-auto flex min-w-0 items-center gap-2 font-semibold">
              <MiddleCut text={destination.name} className="min-w-0" />
              {isDefault && <Pill tone="neutral">{words.isDefault}</Pill>}
            </h3>
            <span className="shrink-0">
              <EngineState tone={state.tone} icon={icons[state.shape]}>
                {state.word}
              </EngineState>
            </span>
          </div>
          <Facts view={view} />
        </div>
      </div>
      {state.text !== null && <p className="m-0 text-sm text-warn">{state.text}</p>}
      {tested !== null && <Tested tested={tested} />}
      {/* Above the line the destination, below it its files: these can fail while it is ready. */}
      <div className="mt-auto min-h-8 border-line border-t pt-3">
        {counts !== null && <Numbers id={destination.id} counts={counts} />}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {state.cure !== null && (
          <Button tone="primary" onClick={cures[state.cure]}>
            {cureWords[state.cure]}
          </Button>
        )}
        <Button onClick={() => void test()} disabled={tested === 'running'}>
          {tested === 'running' ? words.testing : words.test}
        </Button>
        {!destination.isDemo && <Button onClick={edit}>{words.edit}</Button>}
        <span className="ms-auto">
          <ActionMenu entries={entries}>
            <IconButton label={common.more} icon={Ellipsis} className="-me-2" />
          </ActionMenu>
        </span>
      </div>
    </article>
  );
}

function Facts({ view }: { readonly view: DestinationView }) {
  const [service = [], ...more] = factsOf(view);
  return (
    <div className="mt-0.5 text-ink-3 text-sm">
      {/* An address can be long, and is cut: the cards of a row keep their lines at one height. */}
      <MiddleCut text={service.join(' · ')} />
      {more.map((parts) => (
        <Dotted key={parts.join()} parts={parts} />
      ))}
    </div>
  );
}

interface NumberLink {
  readonly tab: TabName;
  readonly text: string;
  /** Null: there are none, so it leads nowhere. */
  readonly tone: string | null;
}

/**
 * Its files: what goes by itself, what is done, and apart from these what does not go. Each number leads to the tab that
 * holds as many.
 */
function Numbers({ id, counts }: { readonly id: string; readonly counts: QueueCounts }) {
  const { active, waiting, needsYou, done, failed } = counts.byTab;
  const toneFor = (files: number) => (files === 0 ? null : 'text-accent-ink');
  const open = active === 0 ? 'waiting' : waiting === 0 ? 'active' : 'all';
  const going: readonly NumberLink[] = [
    { tab: open, text: words.open(active + waiting), tone: toneFor(active + waiting) },
    { tab: 'done', text: words.done(done), tone: toneFor(done) },
  ];
  const trouble: readonly NumberLink[] = [
    ...(needsYou > 0 ? [{ tab: 'needsYou' as const, text: words.needYou(needsYou), tone: 'text-warn' }] : []),
    ...(failed > 0 ? [{ tab: 'failed' as const, text: words.failed(failed), tone: 'text-bad' }] : []),
  ];
  const link = ({ tab, text, tone }: NumberLink) =>
    tone === null ? (
      <span key={tab} className="text-ink-2">
        {text}
      </span>
    ) : (
      <button
        key={tab}
        type="button"
        className={classNames('rounded-sm underline-offset-2 hover:underline', tone)}
        onClick={() => goTo({ name: 'uploads', tab }, { destinationId: id })}
      >
        {text}
      </button>
    );
  return (
    <p className="m-0 flex flex-wrap gap-x-3 text-sm">
      {going.map(link)}
      {trouble.length > 0 && <span className="ms-auto flex flex-wrap gap-x-3">{trouble.map(link)}</span>}
    </p>
  );
}

function Tested({ tested }: { readonly tested: VerificationView | 'running' }) {
  if (tested === 'running') return null;
  const why = tested.failure === null ? null : explainFailure(tested.failure);
  return (
    <div role="status" className="rounded-md bg-canvas px-3 py-2 text-sm">
      <div className={tested.ok ? 'font-medium text-ok' : 'font-medium text-bad'}>
        {tested.ok ? tested.proof || words.testPassed : (why?.reason ?? words.testFailed)}
      </div>
      {[...(why === null ? [] : [why.hint]), ...tested.details].map((line) => (
        <div key={line} className="text-ink-2 break-words">
          {line}
        </div>
      ))}
    </div>
  );
}
