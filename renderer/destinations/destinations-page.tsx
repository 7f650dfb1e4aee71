import { HardDriveUpload, Plus } from 'lucide-react';
import type { DestinationView } from '#shared/ipc.ts';
import { useRemovedNames } from '../live/undoable.ts';
import { useLive } from '../live/window-context.tsx';
import { Marked } from '../shell/marked.tsx';
import { openOverlay, useNavigation } from '../shell/navigation.ts';
import { PageHead } from '../shell/page-head.tsx';
import { Button } from '../ui/button.tsx';
import { destinationWords as words } from '../words/destinations.ts';
import { DestinationCard } from './destination-card.tsx';

/** A few cards need no more of a wide window, and what is done on the page stays beside them. */
const width = 'max-w-440';

const add = () => openOverlay({ name: 'destination', id: null });

/** The accounts that files go to. */
export function DestinationsPage() {
  const destinations = useLive((live) => live.destinations);
  const removed = useRemovedNames();
  const shown = destinations.filter(({ destination }) => !removed.has(`destination ${destination.id}`));
  const own = shown.filter(({ destination }) => !destination.isDemo);
  const demo = shown.filter(({ destination }) => destination.isDemo);
  return (
    <>
      <PageHead title={words.title} width={width}>
        <Button tone="primary" icon={Plus} onClick={add}>
          {words.add}
        </Button>
      </PageHead>
      <div className="min-h-0 flex-1 border-line border-t">
        <div className="scroll-edges h-full overflow-y-auto px-4.5 py-4">
          <div className={width}>
            {own.length === 0 ? <NoAccount /> : <Group title={words.own} views={own} />}
            <Group title={words.demo} text={words.demoText} views={demo} />
          </div>
        </div>
      </div>
    </>
  );
}

/** Beside the demo service, which is there from the start: a line that leads on, and no page of its own. */
function NoAccount() {
  return (
    <section className="mb-5 flex flex-wrap items-center gap-3 rounded-xl border border-edge border-dashed p-4">
      <span className="flex size-9.5 shrink-0 items-center justify-center rounded-lg bg-mute text-ink-2">
        <HardDriveUpload aria-hidden size={18} />
      </span>
      <div className="min-w-0 flex-1 basis-60">
        <h2 className="m-0 font-semibold text-base">{words.empty}</h2>
        <p className="mt-0.5 mb-0 text-ink-2 text-sm">{words.emptyText}</p>
      </div>
      <Button onClick={add}>{words.add}</Button>
    </section>
  );
}

function Group(props: {
  readonly title: string;
  readonly text?: string;
  readonly views: readonly DestinationView[];
}) {
  const page = useNavigation((navigation) => navigation.page);
  const marked = page.name === 'destinations' ? page.destinationId : undefined;
  return (
    <section className="mb-6">
      <h2 className="m-0 font-semibold text-ink-3 text-xs">{props.title}</h2>
      {props.text !== undefined && <p className="mt-0.5 mb-0 text-ink-2 text-sm">{props.text}</p>}
      <div className="mt-2.5 grid grid-cols-[repeat(auto-fill,minmax(min(19rem,100%),1fr))] gap-3 min-[120rem]:grid-cols-[repeat(auto-fill,minmax(26rem,1fr))]">
        {props.views.map((view) => (
          <Marked key={view.destination.id} isMarked={view.destination.id === marked}>
            <DestinationCard view={view} />
          </Marked>
        ))}
      </div>
    </section>
  );
}
