import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { currentSection } from './current-section.ts';

/** Where somebody went into a section, which is current until it is scrolled away from. Null: it is still coming into view. */
interface Chosen {
  readonly scrollTop: number | null;
}

export interface CurrentSection {
  readonly current: string | null;
  /** Says that a person is in this section now, wherever it stands. */
  choose(id: string): void;
}

/** Follows what is read of the sections in `area`: each is a `section` whose id is `prefix` and its own. */
export function useCurrentSection(area: RefObject<HTMLElement | null>, prefix: string): CurrentSection {
  const [current, setCurrent] = useState<string | null>(null);
  const chosen = useRef<Chosen | null>(null);

  const look = useCallback(() => {
    const element = area.current;
    if (element === null) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    const kept = chosen.current;
    if (kept !== null && (kept.scrollTop === null || kept.scrollTop === scrollTop)) return;
    chosen.current = null;
    const { top: above } = element.getBoundingClientRect();
    const sections = [...element.querySelectorAll<HTMLElement>('section[id]')].map((section) => ({
      id: section.id.slice(prefix.length),
      top: section.getBoundingClientRect().top - above,
    }));
    const isAtEnd = scrollTop + clientHeight >= scrollHeight - 1;
    const scrolled = scrollTop === 0 ? 'not' : isAtEnd ? 'all' : 'some';
    setCurrent(currentSection(sections, scrolled));
  }, [area, prefix]);

  useEffect(() => {
    const element = area.current;
    if (element === null) return;
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [area, look]);

  const choose = useCallback(
    (id: string) => {
      setCurrent(id);
      chosen.current = { scrollTop: null };
      requestAnimationFrame(() => {
        chosen.current = { scrollTop: area.current?.scrollTop ?? 0 };
      });
    },
    [area],
  );
  return { current, choose };
}
