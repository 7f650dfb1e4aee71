import { useCallback, useEffect, useRef, useState } from 'react';
import type { JobFilter } from '#shared/ipc.ts';
import type { JobId } from '#shared/job.ts';
import { attempt } from '../live/attempt.ts';
import { useWindow } from '../live/window-context.tsx';
import { toast } from '../ui/toasts.tsx';
import { linkWords as words } from '../words/links.ts';
import { collectRange, mostLinks } from './collect-links.ts';
import { everything, nothing, only, type Selection, toggle } from './link-selection.ts';
import { heldRange, type ShownRows } from './shown-rows.ts';

/** How a row is chosen: `range` from the last one that was, `toggle` beside what is selected. */
export interface Choosing {
  readonly isRange: boolean;
  readonly isToggle: boolean;
}

export interface LinkSelection {
  readonly selection: Selection;
  /** The row that has, or would get, the focus. */
  readonly activeIndex: number;
  activate(index: number): void;
  choose(index: number, how?: Choosing): void;
  chooseAll(): void;
  chooseOnly(id: JobId): void;
  clear(): void;
}

interface Place {
  readonly index: number;
  /** Rows come and go above it; null while it is not brought over. */
  readonly id: JobId | null;
}

const top: Place = { index: 0, id: null };
const alone: Choosing = { isRange: false, isToggle: false };

/** Begins anew with every filter: what is selected is always among what is found. */
export function useLinkSelection(rows: ShownRows, filter: JobFilter): LinkSelection {
  const { api } = useWindow();
  const [selection, setSelection] = useState(nothing);
  const [active, setActive] = useState(top);
  const anchor = useRef(top);
  /** The last choice wins, however long an earlier one takes. */
  const choice = useRef(0);
  const now = useRef(rows);
  now.current = rows;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter is the reason, not an input.
  useEffect(() => {
    choice.current++;
    anchor.current = top;
    setSelection(nothing);
    setActive(top);
  }, [filter]);

  const activate = useCallback(
    (index: number) => setActive({ index, id: now.current.at(index)?.id ?? null }),
    [],
  );

  const choose = useCallback(
    (index: number, { isRange, isToggle } = alone) => {
      const ticket = ++choice.current;
      const id = now.current.at(index)?.id ?? null;
      setActive({ index, id });
      if (isRange) {
        const { current: shown } = now;
        const first = indexNow(anchor.current, shown);
        const held = heldRange(shown, first, index);
        if (held !== null) return setSelection(only(...held));
        if (Math.abs(first - index) >= mostLinks) sayCut();
        const collected = collectRange(api, filter, shown.listIndex(first), shown.listIndex(index));
        void attempt(collected).then((ids) => {
          if (ids === null || ticket !== choice.current) return;
          setSelection(only(...ids));
        });
        return;
      }
      anchor.current = { index, id };
      if (id === null) return;
      setSelection((before) => (isToggle ? toggle(before, id) : only(id)));
    },
    [api, filter],
  );

  const chooseAll = useCallback(() => {
    choice.current++;
    setSelection(everything);
  }, []);
  const chooseOnly = useCallback((id: JobId) => {
    choice.current++;
    setSelection(only(id));
  }, []);
  const clear = useCallback(() => {
    choice.current++;
    setSelection(nothing);
  }, []);

  const activeIndex = indexNow(active, rows);
  return { selection, activeIndex, activate, choose, chooseAll, chooseOnly, clear };
}

function indexNow({ index, id }: Place, rows: ShownRows): number {
  const moved = id === null ? -1 : rows.indexOf(id);
  return moved === -1 ? Math.max(0, Math.min(index, (rows.total ?? 1) - 1)) : moved;
}

const sayCut = () => toast({ title: words.rangeCut(mostLinks), text: words.rangeCutText, tone: 'warn' });
