/**
 * The worker thread that hears the system's events. It does nothing else, so that the system's queue never runs over
 * while a folder is walked.
 */
import { HintSource } from './hints.ts';
import { compileRules } from './ignore-rules.ts';
import { type HintCalls, noHints } from './protocol.ts';
import { serveCalls } from './serve-calls.ts';

const sources = new Map<string, HintSource>();
const turns = new Map<string, Promise<void>>();

/** What begins and ends the watching of one folder happens one after another. */
function inTurn<T>(folderId: string, task: () => Promise<T>): Promise<T> {
  const result = (turns.get(folderId) ?? Promise.resolve()).then(task);
  const settled = result.then(
    () => {},
    () => {},
  );
  turns.set(folderId, settled);
  return result;
}

/** The watching that is on ends first: what watches a path is shared, and may be what no longer hears anything. */
async function replace(folderId: string, create: () => HintSource | null): Promise<HintSource | null> {
  const old = sources.get(folderId);
  sources.delete(folderId);
  await old?.stop();
  const source = create();
  if (source !== null) sources.set(folderId, source);
  return source;
}

const tell = serveCalls<HintCalls>({
  async start(folderId, root, rules) {
    const create = () =>
      new HintSource(root, compileRules(rules), {
        onHint: () => tell({ event: 'hint', folderId }),
        onTrouble: (trouble) => tell({ event: 'trouble', folderId, trouble }),
      });
    const source = await inTurn(folderId, () => replace(folderId, create));
    await source?.isReady;
  },
  setRules: (folderId, rules) => sources.get(folderId)?.setRules(compileRules(rules)),
  async stop(folderId) {
    await inTurn(folderId, () => replace(folderId, () => null));
  },
  take: (folderId) => sources.get(folderId)?.take() ?? noHints,
});
