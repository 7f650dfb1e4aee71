import { EventEmitter } from 'node:events';

/** Asked for by the language and by Node itself, of whatever object. */
const asked = ['then', 'toJSON', 'constructor', 'domain', 'inspect', 'nodeType', '__esModule'];

function guard<T extends object>(name: string, part: T): T {
  return new Proxy(part, {
    get(target, key, receiver) {
      if (typeof key === 'string' && !(key in target) && !asked.includes(key)) {
        throw new Error(`The stand-in for Electron lacks ${name}.${key}.`);
      }
      return Reflect.get(target, key, receiver);
    },
  });
}

/** A part of Electron's API. Whoever uses a member that the stand-in lacks gets an error that names it, not undefined. */
export const strict = <T extends object>(name: string, part: T): T => guard(name, part);

/** The same for classes with events. */
export abstract class StrictEmitter extends EventEmitter {
  constructor(name: string) {
    super();
    // biome-ignore lint/correctness/noConstructorReturn: the guard has to be what everybody holds, private fields included.
    return guard(name, this);
  }
}

/** The same for classes without. */
export abstract class StrictPart {
  constructor(name: string) {
    // biome-ignore lint/correctness/noConstructorReturn: as above.
    return guard(name, this);
  }
}
