import { explainFailure, type Failure } from '#shared/failure.ts';
import { kindsOfFile } from './kinds-of-file.ts';

/** The two sentences of a failure, with a type of files as people call it. `name`: of the file; empty: it is not known. */
export function sayFailure(of: Failure, name: string): ReturnType<typeof explainFailure> {
  const { type } = of.facts;
  return explainFailure(
    type === undefined ? of : { ...of, facts: { ...of.facts, type: kindsOfFile(name, type) } },
  );
}
