/** Guards of the engine, each with one line that takes it away and the test that must see it gone. */
import type { TestName } from '../run-tests.ts';

export interface Break {
  readonly name: string;
  /** From the root of the project. */
  readonly file: string;
  /** Occurs once in the file: where it has moved or changed, the check says so and fails. */
  readonly line: string;
  readonly becomes: string;
  readonly test: TestName;
}

export const breaks: readonly Break[] = [
  {
    name: 'the byte counter',
    file: 'electron/transfer/send-body.ts',
    line: 'if (isSuccess && !isPage && allBytesGiven && sha256 !== null) {',
    becomes: 'if (isSuccess && !isPage) {',
    test: {
      file: 'test/transfer/answers.test.ts',
      test: 'of success that came before the body was read is none',
    },
  },
  {
    name: 'the watch for a short read',
    file: 'electron/transfer/source-file.ts',
    line: "if (bytesRead === 0) throw await changed('it became shorter');",
    becomes: 'if (bytesRead === 0) return;',
    test: { file: 'test/transfer/source.test.ts', test: 'is dropped at once when it becomes shorter' },
  },
  {
    name: "the end of the file's stream",
    file: 'electron/transfer/pump.ts',
    line: 'chunk.subarray(0, Math.min(size, source.sizeBytes - position));',
    becomes: 'chunk.subarray(0, size);',
    test: { file: 'test/transfer/put.test.ts', test: 'adds nothing of a growing file to the connection' },
  },
  {
    name: 'the second fstat',
    file: 'electron/transfer/source-file.ts',
    line: 'const now = await restat();',
    becomes: 'const now = opened;',
    test: { file: 'test/transfer/source.test.ts', test: 'is no success when it was rewritten in place' },
  },
  {
    name: 'the reconcile',
    file: 'electron/watch/folder-scans.ts',
    line: "if (client === null || state.root.state !== 'there') return 0;",
    becomes: 'return 0;',
    test: { file: 'test/watch/discovery.test.ts', test: 'added, changed, renamed and deleted while closed' },
  },
  {
    name: 'the bound of renewals',
    file: 'electron/queue/renewal.ts',
    line: 'export const maxRenewalsInRow = 5;',
    becomes: 'export const maxRenewalsInRow = Number.POSITIVE_INFINITY;',
    test: { file: 'test/queue/expiry.test.ts', test: 'a file that cannot fit is renewed at once' },
  },
  {
    name: 'the key of a reservation',
    file: 'electron/queue/transition.ts',
    line: 'reserveKey: job.reserveKey ?? freshKey,',
    becomes: 'reserveKey: freshKey,',
    test: {
      file: 'test/queue/transition.test.ts',
      test: 'a reserve key lives until its reservation is given up',
    },
  },
  {
    name: 'the write before the request',
    file: 'electron/queue/ledger.ts',
    line: 'const saved = await save(changes);',
    becomes: 'const saved = changes.map(({ job }) => job); save(changes).catch(() => null);',
    test: { file: 'test/queue/disk.test.ts', test: 'nothing is asked or sent before its write is on disk' },
  },
  {
    name: 'the flush of each write',
    file: 'electron/storage/connection.ts',
    line: 'PRAGMA synchronous = FULL;',
    becomes: 'PRAGMA synchronous = NORMAL;',
    test: { file: 'test/storage/opening.test.ts', test: 'opens with the safety that the design asks for' },
  },
  {
    name: 'the doubt about bytes that nobody can be asked for',
    file: 'electron/providers/cyberun/provider.ts',
    line: 'if (!isOfNoStore || !tried.wasDoubted) return verdict;',
    becomes: 'if (isOfNoStore || !tried.wasDoubted) return verdict;',
    test: {
      file: 'test/providers/cyberun.test.ts',
      test: 'reads 403 with code null after 100 bytes, doubted before: true',
    },
  },
  {
    name: 'the count of what is there',
    file: 'test/support/census.ts',
    line: 'missing < due;',
    becomes: 'missing < 0;',
    test: { file: 'test/faults/census.test.ts', test: 'tells what is lost, doubled and torn' },
  },
];
