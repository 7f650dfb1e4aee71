import { type RefObject, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

export interface FieldPlace {
  /** Around all fields; each has its name as `data-field`. */
  readonly fields: RefObject<HTMLDivElement | null>;
  readonly isAdvancedOpen: boolean;
  setAdvancedOpen(isOpen: boolean): void;
  goTo(field: string): void;
}

/** Where the fields of a form are. Those under "Advanced" are there only while that is open. */
export function useFieldPlace(): FieldPlace {
  const fields = useRef<HTMLDivElement>(null);
  const [isAdvancedOpen, setAdvancedOpen] = useState(false);
  const find = (field: string) =>
    fields.current?.querySelector<HTMLElement>(`[data-field="${field}"]`) ?? null;
  return {
    fields,
    isAdvancedOpen,
    setAdvancedOpen,
    goTo: (field) => {
      if (find(field) === null) flushSync(() => setAdvancedOpen(true));
      const found = find(field);
      found?.focus({ preventScroll: true });
      // With its label above and its hint below.
      found?.scrollIntoView({ block: 'center' });
    },
  };
}
