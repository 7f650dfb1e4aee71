import { classNames } from './class-names.ts';

/** How many characters of the end stay: the extension and what tells takes apart (`…-v3.webp`). */
const tailLength = 12;

/** A name on one line, cut in its middle where there is no room; whole for screen readers and on hover. */
export function MiddleCut({ text, className }: { readonly text: string; readonly className?: string }) {
  const letters = [...text];
  if (letters.length <= tailLength + 4) {
    return (
      <span title={text} className={classNames('block truncate', className)}>
        <bdi>{text}</bdi>
      </span>
    );
  }
  const head = letters.slice(0, -tailLength).join('');
  const tail = letters.slice(-tailLength).join('');
  return (
    // It stands where the page begins its lines, and is read in the direction of its own script.
    <span title={text} className={classNames('relative flex min-w-0 max-w-full', className)}>
      <span className="sr-only">{text}</span>
      <span aria-hidden dir="auto" className="flex min-w-0 max-w-full">
        <span className="truncate whitespace-pre">{head}</span>
        <span className="shrink-0 whitespace-pre">{tail}</span>
      </span>
    </span>
  );
}
