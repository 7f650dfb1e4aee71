import type { JobId } from '#shared/job.ts';
import { DetailsPane } from './details-pane.tsx';

/**
 * The details beside a list; over it where there is no room for both, and instead of it where they would leave it nothing.
 * What they lie over is dimmed, but can be used: a press on another row shows that one's details.
 */
export function DetailsSide({ id, onClose }: { readonly id: JobId; onClose(): void }) {
  return (
    <>
      <div
        aria-hidden
        className="pointer-events-none absolute inset-0 z-20 bg-scrim min-[62.5rem]:hidden max-[50rem]:hidden"
      />
      {/* Its shadow falls on the list, not on the bar of the window beneath. */}
      <aside className="flex w-79 shrink-0 flex-col overflow-y-auto border-line border-s bg-canvas max-[62.5rem]:absolute max-[62.5rem]:inset-y-0 max-[62.5rem]:end-0 max-[62.5rem]:z-30 max-[50rem]:w-full max-[50rem]:border-s-0 min-[50rem]:max-[62.5rem]:shadow-pop min-[50rem]:max-[62.5rem]:[clip-path:inset(0_-2.5rem)]">
        <DetailsPane id={id} onClose={onClose} />
      </aside>
    </>
  );
}
