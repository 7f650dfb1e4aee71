import type { CliChild } from '../../support/cli-child.ts';

/** Resolves with the match as soon as a process has said it, on stdout or stderr; rejects when it ends without. */
export function waitForWords(child: CliChild, words: RegExp): Promise<RegExpExecArray> {
  const found = Promise.withResolvers<RegExpExecArray>();
  const look = () => {
    const { stdout, stderr } = child.output();
    const match = words.exec(`${stdout}\n${stderr}\n`);
    if (match !== null) found.resolve(match);
  };
  child.process.stdout.on('data', look);
  child.process.stderr.on('data', look);
  look();
  void child.ended.then(({ stdout, stderr }) =>
    found.reject(new Error(`It ended without ${words}: ${stdout}${stderr}`)),
  );
  return found.promise;
}
