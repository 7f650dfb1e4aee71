import type { EngineConnection } from '#ipc';
import type { Destination } from '#shared/destination.ts';
import type { AddOptions, AddReport } from '#shared/ipc.ts';
import { chooseDestination } from '../choose-destination.ts';
import type { Context } from '../context.ts';
import { codeOfInterrupt } from '../exit-code.ts';
import { doLinksEndHere } from '../follow/demo-links.ts';
import { loadJobs, startFollowing } from '../follow/follow.ts';
import { createLedger } from '../follow/ledger.ts';
import { startLive } from '../follow/live.ts';
import { openReporter } from '../follow/reporter.ts';
import { tellSummary } from '../follow/summary.ts';
import { createGivenNames } from '../given-names.ts';
import { parseEdge } from '../option-values.ts';
import { addedRecord } from '../records.ts';
import { stayConnected } from '../stay-connected.ts';
import * as texts from '../texts.ts';
import { CommandError, UsageError } from '../usage-error.ts';

export interface UploadOptions {
  readonly to?: string;
  readonly format?: string;
  readonly edge?: readonly string[];
  readonly ignore?: readonly string[];
  readonly again?: boolean;
  readonly json?: boolean;
}

/** Gives files to the queue and stays until each of them has ended. */
export async function upload(
  context: Context,
  words: readonly string[],
  options: UploadOptions,
): Promise<number> {
  const request = readRequest(context, words, options);
  const reporter = openReporter(context, options);
  const names = createGivenNames();
  const ledger = createLedger((event) => reporter.event(names.tell(event)));
  let report: AddReport | null = null;
  let isAdding = false;
  let goesTo: Destination | null = null;
  let doLinksEnd = false;

  /** Once; after a lost connection again, because files that are there already are joined. */
  async function add({ api }: EngineConnection): Promise<AddReport> {
    const { destination } = chooseDestination(await api.snapshot(), options.to);
    if (isAdding && request.isForced === true) throw new CommandError(texts.cannotRepeatForced);
    isAdding = true;
    goesTo = destination;
    const added = await api.addFiles(request.paths, { ...request.options, destinationId: destination.id });
    tellAdded(added, destination.name);
    const given = new Map(added.files.flatMap(({ jobId, path }) => (jobId === null ? [] : [[jobId, path]])));
    for (const [jobId, path] of given) names.add(jobId, path);
    reporter.setOrder([...given.keys()]);
    for (const job of await loadJobs(api, [...given.keys()])) ledger.take(job);
    for (const [jobId, path] of given) {
      if (!ledger.has(jobId)) ledger.dropUnseen({ jobId, path, destination: destination.name });
    }
    return added;
  }

  function tellAdded(added: AddReport, destination: string): void {
    const numbers = { added: 0, joined: 0, linked: 0, refused: 0, ignored: added.ignored.length };
    for (const { path, rule } of added.ignored) reporter.event({ type: 'ignored', path, rule });
    for (const file of added.files) {
      numbers[file.outcome] += 1;
      reporter.event(addedRecord(file, destination));
    }
    reporter.say(texts.addedText(numbers, destination));
  }

  const end = await stayConnected(context, reporter, async (connection, signal) => {
    const { api } = connection;
    const { clock } = context.surroundings;
    reporter.setApi(api);
    report ??= await add(connection);
    const following = await startFollowing({
      api,
      clock,
      ledger,
      concerns: () => false,
      onNotice: (notice) => context.notices.tell(notice, reporter.notice),
      signal,
    });
    const stopLive = startLive({
      api,
      clock,
      display: context.display,
      ledger,
      hoist: context.hoist,
      nameOf: names.nameOf,
    });
    try {
      await following.until(() => ledger.moving() === 0);
      if (!signal.aborted) {
        ledger.tellStuck();
        await reporter.flush();
        doLinksEnd = goesTo !== null && (await doLinksEndHere(connection, goesTo, ledger));
      }
    } finally {
      stopLive();
      following.close();
    }
  });

  const leftOut = countLeftOut(report);
  const remarks = doLinksEnd ? [texts.demoLinksEnd(context.hoist)] : [];
  if (end.kind === 'done') return tellSummary(ledger, reporter, { ...leftOut, remarks });
  const { completed, left } = ledger.numbers();
  reporter.event({ type: 'interrupted', left });
  if (end.kind === 'asked') reporter.say(texts.askedToEnd);
  const isOwner = end.kind === 'asked' || end.wasOwner;
  reporter.say(texts.uploadStopped({ completed, left, isOwner }));
  const exitCode = end.kind === 'asked' ? codeOfInterrupt.SIGTERM : codeOfInterrupt[end.signal];
  if (options.json === true) tellSummary(ledger, reporter, { ...leftOut, exitCode });
  return exitCode;
}

const countLeftOut = (report: AddReport | null) => ({
  refused: report?.files.filter((file) => file.outcome === 'refused').length ?? 0,
  ignored: report?.ignored.length ?? 0,
});

function readRequest(context: Context, words: readonly string[], options: UploadOptions) {
  const edges = (options.edge ?? [])
    .map(parseEdge)
    .map(({ edge, path }) => ({ edge, path: context.path(path) }));
  if (words.length === 0 && edges.length === 0) throw new UsageError(texts.nothingGiven);
  const isForced = options.again === true;
  const added: Omit<AddOptions, 'destinationId'> = {
    ...(options.ignore === undefined ? {} : { ignore: options.ignore }),
    ...(edges.length === 0 ? {} : { edges }),
    ...(isForced ? { isForced } : {}),
  };
  return { paths: words.map((word) => context.path(word)), options: added, isForced };
}
