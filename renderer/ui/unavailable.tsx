import { createContext, type ReactNode, useContext } from 'react';

const Reason = createContext<string | null>(null);

/** The controls in it can be seen but not used. `why`: said on them; null: they can be used, if nothing around them says otherwise. */
export function Unavailable({
  why,
  children,
}: {
  readonly why: string | null;
  readonly children: ReactNode;
}) {
  const around = useContext(Reason);
  return <Reason value={around ?? why}>{children}</Reason>;
}

/** Why a control cannot be used where it stands; null: it can. */
export const useWhyNot = (): string | null => useContext(Reason);
