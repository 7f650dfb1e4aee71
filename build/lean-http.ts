/** Leaves `fetch` and `WebSocket` of Node unloaded in the bundle, where nobody uses them. */
import * as http from 'node:http';
import type { Plugin } from 'vite';

const id = '\0lean-http';

/** Read once, each of them loads all of `fetch`. */
const heavy = new Set(['WebSocket', 'CloseEvent', 'MessageEvent', 'default']);

/**
 * An import of `node:http` reads whatever that module exports, and among it what brings Node to load `fetch` as a whole: a
 * third of the time from the start of the command to its first request. What is taken from the very same module by name
 * reads nothing else.
 */
export function leanHttp(): Plugin {
  const names = Object.keys(http).filter((name) => !heavy.has(name));
  return {
    name: 'lean-http',
    enforce: 'pre',
    resolveId: {
      filter: { id: /^node:http$/ },
      handler: () => ({ id, external: false }),
    },
    load: {
      filter: { id: /lean-http$/ },
      handler: (wanted) =>
        wanted === id
          ? `const http = process.getBuiltinModule('node:http');\nexport default http;\nexport const { ${names.join(', ')} } = http;`
          : null,
    },
  };
}
