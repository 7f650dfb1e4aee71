import { type RefObject, useEffect, useRef, useState } from 'react';
import { narrow, useNavigation } from '../../shell/navigation.ts';
import { SearchField as Field } from '../../ui/search-field.tsx';
import { uploadsWords as words } from '../../words/uploads.ts';

const pauseMs = 150;

/** Narrows the list to names; a moment after the last key, and at once when it is emptied. */
export function SearchField({ input }: { readonly input: RefObject<HTMLInputElement | null> }) {
  const asked = useNavigation(({ narrowing }) => narrowing.search);
  const [text, setText] = useState(asked);
  const last = useRef(asked);
  // Taken away below the list, or asked for by another page.
  useEffect(() => {
    if (asked !== last.current) setText(asked);
    last.current = asked;
  }, [asked]);
  useEffect(() => {
    if (text === last.current) return;
    const timer = setTimeout(
      () => {
        last.current = text;
        narrow({ search: text });
      },
      text === '' ? 0 : pauseMs,
    );
    return () => clearTimeout(timer);
  }, [text]);
  return <Field input={input} label={words.search} value={text} onChange={setText} />;
}
