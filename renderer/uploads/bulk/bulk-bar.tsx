import { Ellipsis, X } from 'lucide-react';
import { useRef } from 'react';
import { useNavigation } from '../../shell/navigation.ts';
import { WhileRunning } from '../../shell/while-running.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { ActionMenu } from '../../ui/menu.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { noteBar } from '../../ui/use-toast-place.ts';
import { uploadsWords } from '../../words/uploads.ts';
import { smallTextWidth } from '../list/text-width.ts';
import { useWidth } from '../list/use-width.ts';
import { clearSelection, useListState } from '../list-state.ts';
import { actionIcons } from '../row-menu.ts';
import { isEmpty } from '../selection.ts';
import { fitOffers } from './fit-offers.ts';
import type { Bulk } from './use-bulk.ts';

const words = uploadsWords.bulk;
/** The type of a button is that much wider than the one that is measured. */
const buttonType = 1.14;

/** Stands below the list while something is selected; where the window is too low for the page, at the end of what is seen. */
export function BulkBar({ bulk }: { readonly bulk: Bulk }) {
  const isHidden = useListState(({ selection }) => isEmpty(selection));
  return isHidden ? null : <Bar bulk={bulk} />;
}

function Bar({ bulk }: { readonly bulk: Bulk }) {
  const { count, elsewhere, offers, run, menu } = bulk;
  const area = useRef<HTMLDivElement>(null);
  const width = useWidth(area);
  const said = count === null ? '…' : words.selected(count);
  const labels = [...(elsewhere === null ? [] : [elsewhere]), ...offers].map(({ label }) => label);
  const leftOut = offers[0]?.leftOut ?? null;
  const measure = (text: string) => smallTextWidth(text) * buttonType;
  const fit = fitOffers(said, labels, leftOut !== null, width, measure);
  const areDetailsOpen = useNavigation(({ detailsId }) => detailsId !== null);
  return (
    <section
      ref={noteBar}
      aria-label={words.label}
      className={classNames(
        'sticky bottom-0 z-20 shrink-0 border-line border-t bg-raised py-1.5 ps-4.5 pe-3',
        // Where the details lie over the list, what is in the bar ends before them.
        areDetailsOpen && 'min-[50rem]:max-[62.5rem]:pe-[20.5rem]',
      )}
    >
      <div ref={area} className="flex min-w-0 items-center gap-2">
        <div className="shrink-0">
          <span className="font-medium whitespace-nowrap">{said}</span>
          {leftOut !== null && fit.whyWidth !== null && (
            <span
              className="line-clamp-2 text-xs text-ink-2"
              style={{ maxInlineSize: fit.whyWidth }}
              title={leftOut.whole}
            >
              {leftOut.brief}
            </span>
          )}
        </div>
        <WhileRunning>
          {elsewhere !== null && fit.offers > 0 && (
            <ActionMenu entries={elsewhere.entries}>
              <Button icon={elsewhere.icon}>{elsewhere.label}</Button>
            </ActionMenu>
          )}
          {offers.slice(0, Math.max(0, fit.offers - (elsewhere === null ? 0 : 1))).map((offer) => (
            <OfferButton key={offer.action} why={offer.leftOut?.whole ?? null}>
              <Button icon={actionIcons[offer.action]} onClick={() => run(offer)}>
                {offer.label}
              </Button>
            </OfferButton>
          ))}
          {fit.hasMenu && (
            <ActionMenu entries={menu}>
              <IconButton label={uploadsWords.actions.more} icon={Ellipsis} />
            </ActionMenu>
          )}
        </WhileRunning>
        <IconButton label={words.clear} keys="Escape" icon={X} className="ms-auto" onClick={clearSelection} />
      </div>
    </section>
  );
}

function OfferButton({
  why,
  children,
}: {
  readonly why: string | null;
  readonly children: React.ReactElement;
}) {
  return why === null ? children : <Tooltip text={why}>{children}</Tooltip>;
}
