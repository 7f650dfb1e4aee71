import { classNames } from './class-names.ts';

/**
 * Last in what scrolls, it lets its end fade while there is more below. It lies over what scrolls, which so is not drawn
 * again with every step as under a mask: for lists of many rows. `ground` is the class of the color to fade into
 * (`from-panel`).
 */
export function MoreBelow({ ground }: { readonly ground: string }) {
  return (
    <div aria-hidden className="more-edge more-below pointer-events-none sticky bottom-0 z-10 h-0 shrink-0">
      <div className={classNames('absolute inset-x-0 bottom-0 h-7 bg-linear-to-t to-transparent', ground)} />
    </div>
  );
}
