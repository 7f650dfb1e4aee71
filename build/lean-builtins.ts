/** Leaves unloaded in the bundle what Node itself would load, though nobody there uses it. */
import * as crypto from 'node:crypto';
import * as events from 'node:events';
import * as fs from 'node:fs';
import * as http from 'node:http';
import * as process from 'node:process';
import * as tls from 'node:tls';
import * as util from 'node:util';
import type { Plugin } from 'vite';

/**
 * An import of a module of Node's reads whatever that module exports, and some of it is only made, or loaded, when it is
 * read. What is taken from the very same module by name reads nothing else. Nobody of ours imports these names; if somebody
 * does, the build says so.
 */
const unread: Readonly<
  Record<string, { readonly names: readonly string[]; readonly left: readonly string[] }>
> = {
  // All of `fetch`: a third of the time from the start of the command to its first request.
  'node:http': { names: Object.keys(http), left: ['WebSocket', 'CloseEvent', 'MessageEvent'] },
  // Each root certificate that Node brings, as text.
  'node:tls': { names: Object.keys(tls), left: ['rootCertificates'] },
  // The three streams are opened by being read.
  'node:process': { names: Object.keys(process), left: ['stdin', 'stdout', 'stderr'] },
  // Three more modules.
  'node:crypto': {
    names: Object.keys(crypto),
    left: ['webcrypto', 'subtle', 'getRandomValues', 'prng', 'pseudoRandomBytes', 'rng', 'fips'],
  },
  'node:util': {
    names: Object.keys(util),
    left: ['transferableAbortSignal', 'transferableAbortController', 'aborted'],
  },
  'node:events': { names: Object.keys(events), left: ['EventEmitterAsyncResource'] },
  // All of the streams, in every thread.
  'node:fs': {
    names: Object.keys(fs),
    left: ['promises', 'ReadStream', 'WriteStream', 'FileReadStream', 'FileWriteStream', 'Utf8Stream'],
  },
};

const prefix = '\0lean-';

export function leanBuiltins(): Plugin {
  return {
    name: 'lean-builtins',
    enforce: 'pre',
    resolveId: {
      filter: { id: /^node:(http|tls|fs|process|crypto|util|events)$/ },
      handler: (id) => ({ id: prefix + id.replace('node:', ''), external: false, moduleSideEffects: false }),
    },
    load: {
      filter: { id: /lean-(http|tls|fs|process|crypto|util|events)$/ },
      handler(id) {
        if (!id.startsWith(prefix)) return null;
        const name = `node:${id.slice(prefix.length)}`;
        const { names = [], left = [] } = unread[name] ?? {};
        const read = names.filter(
          (each) => /^[a-z]\w*$/i.test(each) && each !== 'default' && !left.includes(each),
        );
        return `const lean = process.getBuiltinModule('${name}');\nexport default lean;\nexport const { ${read.join(', ')} } = lean;`;
      },
    },
  };
}
