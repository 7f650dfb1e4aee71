import { explainFailure, type Failure } from '#shared/failure.ts';
import { kindsOfFile } from './kinds-of-file.ts';

/**
 * The two sentences of a failure, with a type of files as people call it, and with amounts that no line splits. `name`: of
 * the file; empty: it is not known.
 */
export function sayFailure(of: Failure, name: string): ReturnType<typeof explainFailure> {
  const { type } = of.facts;
  const said = explainFailure(
    type === undefined ? of : { ...of, facts: { ...of.facts, type: kindsOfFile(name, type) } },
  );
  return { ...said, reason: keepTogether(said.reason), hint: keepTogether(said.hint) };
}

const keepTogether = (text: string): string =>
  text.replace(/(\d) (B|[kMGTP]B|s|min|h)(?![\w-])/g, '$1\u00a0$2');
