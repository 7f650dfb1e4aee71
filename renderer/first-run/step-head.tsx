import { useEffect, useRef } from 'react';

/** What a step is about. The focus goes here when the step comes, so that it is read and the next Tab is inside. */
export function StepHead({ title, text }: { readonly title: string; readonly text?: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <header className="mb-7 text-center low:mb-3.5">
      <h1
        ref={heading}
        tabIndex={-1}
        className="m-0 text-2xl font-semibold tracking-tight outline-hidden low:text-xl"
      >
        {title}
      </h1>
      {text !== undefined && (
        <p className="mx-auto mt-2.5 mb-0 max-w-150 text-ink-2 text-lg low:mt-1 low:text-base">{text}</p>
      )}
    </header>
  );
}
