/** The command line asks for something that cannot be: told to the user as it is, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A command could not do what it was asked; told to the user as it is, exit code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
