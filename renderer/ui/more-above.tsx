import { classNames } from './class-names.ts';

/** First in what scrolls, it lets its upper edge fade while there is more above: the counterpart of MoreBelow. */
export function MoreAbove({ ground }: { readonly ground: string }) {
  return (
    <div aria-hidden className="more-edge more-above pointer-events-none sticky top-0 z-10 h-0 shrink-0">
      <div className={classNames('absolute inset-x-0 top-0 h-7 bg-linear-to-b to-transparent', ground)} />
    </div>
  );
}
