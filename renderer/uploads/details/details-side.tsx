import type { JobId } from '#shared/job.ts';
import { DetailsPane } from './details-pane.tsx';

/** The details beside a list; over it where there is no room for both. */
export function DetailsSide({ id, onClose }: { readonly id: JobId; onClose(): void }) {
  return (
    <aside className="flex w-79 shrink-0 flex-col overflow-y-auto border-line border-s bg-canvas max-[62.5rem]:absolute max-[62.5rem]:inset-y-0 max-[62.5rem]:end-0 max-[62.5rem]:z-30 max-[62.5rem]:max-w-full max-[62.5rem]:shadow-pop">
      <DetailsPane id={id} onClose={onClose} />
    </aside>
  );
}
