import { z } from 'zod';
import { UploadError } from '#ports/upload-error.ts';
import { type Failure, failure } from '#shared/failure.ts';
import type { RequestName, Requests } from '#shared/ipc.ts';
import { requestArguments } from '#shared/ipc-arguments.ts';
import type { AnyAnswer } from '#shared/wire.ts';

/** One function per request of the contract, arguments already parsed. */
export type Handlers = {
  readonly [N in RequestName]: (
    ...args: Parameters<Requests[N]>
  ) => ReturnType<Requests[N]> | Promise<ReturnType<Requests[N]>>;
};

/** Told about an error that is a bug of ours. It may hold secrets, so it never goes over a wire. */
export type BugReporter = (request: string, error: unknown) => void;

const isRequestName = (name: string): name is RequestName => Object.hasOwn(requestArguments, name);

/**
 * Runs one request of a caller that is not trusted: the name is looked up, the arguments are parsed, the failure of an
 * UploadError travels, and any other error becomes `internal` without a word of its own.
 */
export async function dispatchRequest(
  handlers: Handlers,
  name: string,
  rawArgs: readonly unknown[],
  onBug: BugReporter,
): Promise<AnyAnswer> {
  if (!isRequestName(name)) return refuse(`There is no request "${name.slice(0, 64)}".`);
  try {
    const args = requestArguments[name].safeParse(rawArgs);
    if (!args.success) return refuse(`${name}: ${describeIssues(args.error)}`);
    return { ok: true, value: await run(handlers, name, args.data) };
  } catch (error) {
    if (error instanceof UploadError) return { ok: false, failure: error.failure };
    onBug(name, error);
    return { ok: false, failure: failure('internal') };
  }
}

const refuse = (message: string): { ok: false; failure: Failure } => ({
  ok: false,
  failure: failure('invalid', message),
});

/** The table pairs each name with its own argument types; that pairing is lost in the union, hence the one cast. */
function run(handlers: Handlers, name: RequestName, args: readonly unknown[]) {
  const handler = handlers[name] as (
    ...args: readonly unknown[]
  ) => AnyAnswer extends { value: infer V } ? V : never;
  return handler(...args);
}

/** "0.0: Too small" for the first three problems; zod quotes no values, so no key can get in here. */
function describeIssues(error: z.ZodError): string {
  const lines = error.issues.slice(0, 3).map((issue) => {
    const where = z.core.toDotPath(issue.path);
    return where === '' ? issue.message : `${where}: ${issue.message}`;
  });
  return lines.join('; ').slice(0, 500);
}
