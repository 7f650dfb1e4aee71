import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { classNames } from './class-names.ts';
import { watchWidth } from './watch-width.ts';

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
  return <Cuttable key={text} text={text} className={className} />;
}

interface CuttableProps {
  readonly text: string;
  readonly className: string | undefined;
}

/**
 * A browser that cuts a text by itself leaves the rest of a letter's width empty behind the dots, which is a gap in the
 * middle of a name. So the letters that have room are counted, and the end follows the dots.
 */
function Cuttable({ text, className }: CuttableProps) {
  const letters = useMemo(() => [...text], [text]);
  const ruler = useRef<HTMLSpanElement>(null);
  const dots = useRef<HTMLSpanElement>(null);
  const [kept, setKept] = useState<number | null>(null);
  const headLength = letters.length - tailLength;
  useLayoutEffect(() => {
    const written = ruler.current?.firstChild ?? null;
    const frame = ruler.current?.parentElement ?? null;
    if (written === null || frame === null) return;
    const range = document.createRange();
    const widthOf = (from: number, to: number) => {
      range.setStart(written, letters.slice(0, from).join('').length);
      range.setEnd(written, letters.slice(0, to).join('').length);
      return range.getBoundingClientRect().width;
    };
    return watchWidth(frame, (room) => {
      const whole = widthOf(0, letters.length);
      if (whole <= room + 0.5) return setKept(null);
      const end = widthOf(headLength, letters.length);
      const forHead = room - end - (dots.current?.getBoundingClientRect().width ?? 0);
      let [fits, tooMany] = [0, headLength];
      while (tooMany - fits > 1) {
        const middle = (fits + tooMany) >> 1;
        if (widthOf(0, middle) <= forHead) fits = middle;
        else tooMany = middle;
      }
      setKept(fits);
    });
  }, [letters, headLength]);
  const head = letters.slice(0, kept ?? headLength).join('');
  const tail = letters.slice(-tailLength).join('');
  return (
    // It stands where the page begins its lines, and is read in the direction of its own script.
    <span title={text} className={classNames('relative grid min-w-0 max-w-full', className)}>
      <span className="sr-only">{text}</span>
      <span
        aria-hidden
        dir="auto"
        className="col-start-1 row-start-1 flex min-w-0 max-w-full justify-self-start"
      >
        {/* Never cut with dots of the browser's own: a name that is a hair too wide would get a gap. */}
        <span className="overflow-hidden whitespace-pre">{kept === null ? head : `${head}…`}</span>
        <span className="shrink-0 whitespace-pre">{tail}</span>
      </span>
      {/* As wide as the whole name, so that cutting it changes nothing around it; nobody sees it. It comes last: the line is where the name stands. */}
      <span
        ref={ruler}
        aria-hidden
        className="invisible col-start-1 row-start-1 h-0 overflow-hidden whitespace-pre"
      >
        {text}
        <span ref={dots} className="absolute">
          …
        </span>
      </span>
    </span>
  );
}
