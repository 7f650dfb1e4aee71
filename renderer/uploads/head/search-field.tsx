import { Search, X } from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { narrow, useNavigation } from '../../shell/navigation.ts';
import { Keys } from '../../ui/keys.tsx';
import { uploadsWords as words } from '../../words/uploads.ts';

const pauseMs = 150;

/** Narrows the list to names; a moment after the last key. */
export function SearchField({ input }: { readonly input: RefObject<HTMLInputElement | null> }) {
  const asked = useNavigation(({ narrowing }) => narrowing.search);
  const [text, setText] = useState(asked);
  const last = useRef(asked);
  // Taken away by its chip, or asked for by another page.
  useEffect(() => {
    if (asked !== last.current) setText(asked);
    last.current = asked;
  }, [asked]);
  useEffect(() => {
    if (text === last.current) return;
    const timer = setTimeout(() => {
      last.current = text;
      narrow({ search: text });
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  function clear(): void {
    setText('');
    last.current = '';
    narrow({ search: '' });
  }
  return (
    <div className="relative flex h-7.5 min-w-24 max-w-48 flex-1 basis-32 items-center rounded-md border border-line bg-panel hover:border-edge focus-within:border-accent">
      <Search aria-hidden size={14} className="ms-2.5 shrink-0 text-ink-3" />
      <input
        ref={input}
        type="search"
        aria-label={words.search}
        placeholder={words.search}
        value={text}
        maxLength={200}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          if (text === '') input.current?.blur();
          else clear();
        }}
        className="h-full min-w-0 flex-1 rounded-md bg-transparent px-2 text-sm text-ink outline-hidden [&::-webkit-search-cancel-button]:hidden"
      />
      {text === '' ? (
        <span aria-hidden className="me-2 @max-[30rem]:hidden">
          <Keys keys="Mod+F" />
        </span>
      ) : (
        <button
          type="button"
          aria-label={words.clearSearch}
          title={words.clearSearch}
          onClick={() => {
            clear();
            input.current?.focus();
          }}
          className="me-1 flex size-5.5 items-center justify-center rounded-sm text-ink-2 hover:bg-hover hover:text-ink"
        >
          <X aria-hidden size={13} />
        </button>
      )}
    </div>
  );
}
