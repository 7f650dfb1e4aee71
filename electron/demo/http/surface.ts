import type { IncomingMessage } from 'node:http';
import type { ProviderKind } from '#shared/destination.ts';
import type { Stage } from '../faults.ts';
import type { Answer } from './answer.ts';
import type { BodyReader } from './body.ts';

/** One request, as a handler sees it. */
export interface Call {
  readonly method: string;
  /** As it came, percent-encoding untouched: signatures are over this. */
  readonly path: string;
  readonly rawQuery: string;
  readonly query: URLSearchParams;
  readonly params: Readonly<Record<string, string>>;
  readonly request: IncomingMessage;
  readonly body: BodyReader;
  readonly dialect: ProviderKind | null;
  readonly stage: Stage;
}

export interface Route {
  readonly method: string;
  /** Segments; `:name` takes one, a last `*name` takes all that is left. */
  readonly pattern: string;
  readonly stage: Stage;
  /** Needs no credential. */
  readonly isOpen?: boolean;
  /** Null: the connection broke while it was read; nobody is there to answer. */
  handle(call: Call): Promise<Answer | null> | Answer | null;
}

/** One family of routes with one form of errors: a dialect's API, the S3 store, the form upload. */
export interface Surface {
  readonly prefix: string;
  readonly routes: readonly Route[];
  /** Part of no dialect: meets no fault and is not remembered. */
  readonly isAdmin?: boolean;
  dialectOf(params: Readonly<Record<string, string>>): ProviderKind | null;
  /** Refuses a request that may not come in; null lets it. Open routes are not asked about. */
  guard(call: Call): Answer | null;
  /** A refusal with this status in this surface's own form. */
  refuse(status: number): Answer;
  /** Headers that every answer of this surface carries. */
  headers?(): Readonly<Record<string, string>>;
}

export interface Match {
  readonly surface: Surface;
  /** Null: the surface has no such route. */
  readonly route: Route | null;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds who answers. Null: no surface begins with this path. */
export function findRoute(surfaces: readonly Surface[], method: string, path: string): Match | null {
  const surface = surfaces.find(
    ({ prefix }) => prefix === '' || path === prefix || path.startsWith(`${prefix}/`),
  );
  if (surface === undefined) return null;
  const rest = path.slice(surface.prefix.length) || '/';
  for (const route of surface.routes) {
    if (route.method !== method && !(method === 'HEAD' && route.method === 'GET')) continue;
    const params = matchPattern(route.pattern, rest);
    if (params !== null) return { surface, route, params };
  }
  return { surface, route: null, params: {} };
}

/** The parameters of a path that fits a pattern, percent-decoded; null where it does not fit. */
export function matchPattern(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  const params: Record<string, string> = {};
  for (const [index, want] of wanted.entries()) {
    const part = given[index];
    if (part === undefined) return null;
    if (want.startsWith('*')) {
      const rest = decode(given.slice(index).join('/'));
      if (rest === null || rest === '') return null;
      params[want.slice(1)] = rest;
      return params;
    }
    if (want.startsWith(':')) {
      const value = decode(part);
      if (value === null || value === '') return null;
      params[want.slice(1)] = value;
    } else if (want !== part) return null;
  }
  return wanted.length === given.length ? params : null;
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
