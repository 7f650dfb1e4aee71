/** A path that a person asks about; `partial`: it would mean one thing to the person and another to the engine. */
export type AskedPath =
  | { readonly kind: 'whole'; readonly path: string }
  /** Only the engine knows where home is. */
  | { readonly kind: 'home'; readonly path: string }
  | { readonly kind: 'partial' };

/** File managers copy paths with quotes around them. */
export function readAsked(typed: string): AskedPath {
  const path = typed.trim().replace(/^(["'])(.+)\1$/, '$2');
  if (/^~(?:[/\\]|$)/.test(path)) return { kind: 'home', path };
  return /^(?:\/|[a-z]:[/\\]|\\\\)/i.test(path) ? { kind: 'whole', path } : { kind: 'partial' };
}
