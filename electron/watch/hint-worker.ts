/**
 * The worker thread that hears the system's events. It does nothing else, so that the system's queue never runs over
 * while a folder is walked.
 */
import { HintSource } from './hints.ts';
import { compileRules } from './ignore-rules.ts';
import { type HintCalls, noHints } from './protocol.ts';
import { serveCalls } from './serve-calls.ts';

const sources = new Map<string, HintSource>();

const tell = serveCalls<HintCalls>({
  async start(folderId, root, rules) {
    const old = sources.get(folderId);
    const source = new HintSource(root, compileRules(rules), {
      onHint: () => tell({ event: 'hint', folderId }),
      onTrouble: (trouble) => tell({ event: 'trouble', folderId, trouble }),
    });
    sources.set(folderId, source);
    await old?.stop();
    await source.isReady;
  },
  setRules: (folderId, rules) => sources.get(folderId)?.setRules(compileRules(rules)),
  async stop(folderId) {
    const source = sources.get(folderId);
    sources.delete(folderId);
    await source?.stop();
  },
  take: (folderId) => sources.get(folderId)?.take() ?? noHints,
});
