/** Resolves a name and leaves out the addresses that no request may go to. */
import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isForbiddenAddress, isLoopbackAddress, isLoopbackName } from './addresses.ts';

export const targetRefusedCode = 'ERR_TARGET_REFUSED';

class TargetRefused extends Error {
  readonly code = targetRefusedCode;
}

type Resolve = (
  hostname: string,
  options: LookupOptions & { all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * For `net.connect`: checked where the address is used, so that a name cannot show one address to a check and another
 * one to the connection. A name with a good and a forbidden address keeps the good one.
 */
export function createGuardedLookup(resolve: Resolve = lookup): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return done(error, '', 0);
      const allowed = addresses.filter(
        ({ address }) =>
          !isForbiddenAddress(address) && (!isLoopbackName(hostname) || isLoopbackAddress(address)),
      );
      const first = allowed[0];
      if (first === undefined) return done(new TargetRefused('Every address of the host is refused.'), '', 0);
      if (options.all === true) return done(null, allowed);
      done(null, first.address, first.family);
    });
  };
}
