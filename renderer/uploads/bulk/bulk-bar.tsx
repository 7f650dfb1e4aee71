import { Ellipsis, X } from 'lucide-react';
import { Button, IconButton } from '../../ui/button.tsx';
import { ActionMenu } from '../../ui/menu.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { uploadsWords } from '../../words/uploads.ts';
import { clearSelection, useListState } from '../list-state.ts';
import { actionIcons } from '../row-menu.ts';
import { isEmpty } from '../selection.ts';
import type { Bulk } from './use-bulk.ts';

const words = uploadsWords.bulk;
/** The others are in its menu. */
const shownOffers = 4;

/** Lies over the end of the list while something is selected. */
export function BulkBar({ bulk }: { readonly bulk: Bulk }) {
  const isHidden = useListState(({ selection }) => isEmpty(selection));
  if (isHidden) return null;
  const { count, offers, run, menu } = bulk;
  const shown = offers.slice(0, shownOffers);
  const [first] = offers;
  return (
    <section
      aria-label={words.label}
      className="absolute start-3 bottom-2.5 z-20 flex w-max max-w-[calc(100%-1.5rem)] items-center gap-2 rounded-lg border border-line bg-raised py-1.5 ps-3.5 pe-1.5 shadow-pop"
    >
      <div className="min-w-0">
        <span className="font-medium whitespace-nowrap">{count === null ? '…' : words.selected(count)}</span>
        {first?.why != null && (
          <span className="block max-w-70 truncate text-xs text-ink-2 max-[64rem]:hidden" title={first.why}>
            {first.why}
          </span>
        )}
      </div>
      {shown.map((offer) => (
        <OfferButton key={offer.action} label={offer.label} why={offer.why}>
          <Button icon={actionIcons[offer.action]} onClick={() => run(offer)} className="max-[56rem]:hidden">
            {offer.label}
          </Button>
        </OfferButton>
      ))}
      <ActionMenu entries={menu}>
        <IconButton
          label={uploadsWords.actions.more}
          icon={Ellipsis}
          className={offers.length > shownOffers ? '' : 'min-[56rem]:hidden'}
        />
      </ActionMenu>
      <IconButton label={words.clear} keys="Escape" icon={X} onClick={clearSelection} />
    </section>
  );
}

function OfferButton({
  why,
  children,
}: {
  readonly label: string;
  readonly why: string | null;
  readonly children: React.ReactElement;
}) {
  return why === null ? children : <Tooltip text={why}>{children}</Tooltip>;
}
