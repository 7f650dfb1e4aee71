/**
 * Every fault that Hoist has an answer to, and what proves the answer: tests by name, and kinds of trouble that the
 * simulation has to have met. A row that cannot be made to happen here says why.
 */
import type { TestName } from './run-tests.ts';

export interface FaultRow {
  readonly row: number;
  readonly fault: string;
  readonly proofs: readonly TestName[];
  readonly simulated: readonly string[];
  readonly notHere: string | null;
}

/** A test file below test/, and a part of the names of its tests. */
type Proof = readonly [file: string, test: string];

const row = (
  number: number,
  fault: string,
  proofs: readonly Proof[],
  simulated: readonly string[] = [],
): FaultRow => ({
  row: number,
  fault,
  proofs: proofs.map(([file, test]) => ({ file: `test/${file}.test.ts`, test })),
  simulated,
  notHere: null,
});

const notHere = (number: number, fault: string, why: string): FaultRow => ({
  ...row(number, fault, []),
  notHere: why,
});

const processAndMachine: readonly FaultRow[] = [
  row(1, 'a crash at every write of the journal', [
    ['queue/crash', 'before any write loses nothing'],
    ['queue/crash', 'after any write loses nothing'],
    ['faults/process/nth-access', 'dies at its'],
    ['faults/process/nth-access', 'meets an error of the disk'],
    ['faults/process/disk-errors', 'is believed in nothing that is not on disk'],
    ['storage/faults', 'at write'],
  ]),
  row(2, 'SIGKILL at any time', [
    ['e2e/kill', 'kills: each is there'],
    ['storage/faults', 'has kept all it was told is on disk'],
  ]),
  row(3, 'a crash after the bytes, before complete', [
    ['queue/crash', 'between writes, ms by ms'],
    ['contract/providers-against-demo', 'finds out that the bytes arrived although the answer was lost'],
  ]),
  row(
    4,
    'a power cut',
    [
      ['storage/crash', 'gap-free beginning of its history wherever the log was torn'],
      ['faults/process/torn-log', 'goes on from any part of its log'],
    ],
    ['torn log'],
  ),
  row(
    5,
    'a disk that is full',
    [
      ['storage/faults', 'keeps what was answered, still reads'],
      ['queue/disk', 'nothing is asked or sent before its write is on disk'],
      ['faults/process/nth-access', 'finds the disk full'],
      ['faults/process/full-disk', 'says that there is no room'],
    ],
    ['disk full'],
  ),
  row(6, 'a journal that is damaged, or from a newer version', [
    ['storage/opening', 'is moved aside, and the copy restored'],
    ['storage/opening', 'wherever it is, is met by no read or write'],
    ['engine/damage', 'is among the notices'],
  ]),
  row(7, 'a second instance', [
    ['ipc/connect-engine', 'of ten at once exactly one becomes the owner'],
    ['storage/directory-lock', 'is held by one engine at a time'],
  ]),
  row(
    8,
    'sleep',
    [
      ['queue/crash', 'interrupts everything, starts nothing'],
      ['queue/expiry', 'what a clock that jumps ahead makes old is renewed'],
    ],
    ['sleep'],
  ),
  row(9, 'shutdown', [
    ['queue/crash', 'leaves nothing behind, at any moment'],
    ['headless/real', 'Ctrl-C in the middle says what is left'],
    ['faults/process/end-of-session', 'SIGTERM'],
  ]),
  row(10, 'a huge file, little memory', [['faults/process/large-files', 'memory stays flat']]),
  row(
    11,
    'a clock that is set',
    [
      ['queue/watches', 'the clock watch'],
      ['queue/holds', 'is believed for at most an hour when the clock is set back'],
      ['queue/expiry', 'what a clock that jumps ahead'],
    ],
    ['clock set back', 'clock set ahead'],
  ),
];

const sourceFiles: readonly FaultRow[] = [
  row(12, 'a file that is still written when it is found', [
    ['watch/settling', 'a growing file stays settling'],
    ['watch/settling', 'a file of full size from the start settles only when its bytes stop'],
    ['e2e/watch', 'every file seen is in one class'],
  ]),
  row(13, 'a file that grows while it is sent', [
    ['transfer/put', 'adds nothing of a growing file to the connection'],
  ]),
  row(14, 'a file that shrinks while it is sent', [
    ['transfer/source', 'is dropped at once when it becomes shorter'],
  ]),
  row(15, 'a file that is rewritten in place', [
    ['transfer/source', 'is no success when it was rewritten in place'],
    ['transfer/source', 'is no success when its end was rewritten and the time put back'],
  ]),
  row(
    16,
    'a file that is deleted',
    [
      ['transfer/source', 'is told apart: missing'],
      ['transfer/source', 'is sent as it was opened when it was deleted'],
      ['queue/files', 'that is missing blocks its job'],
    ],
    ['file gone'],
  ),
  row(17, 'a file that is replaced by a rename', [
    ['transfer/source', 'is sent as it was opened when another file took its place'],
    ['watch/settling', 'an atomic save over a job is newer content'],
  ]),
  row(18, 'a file that is moved within its folder', [
    ['transfer/source', 'is a success when it was renamed'],
    ['watch/settling', 'a job keeps its place when it is renamed'],
    ['engine/folders', 'follows a job whose file was renamed'],
  ]),
  row(19, 'a file that another program holds', [
    ['transfer/secrets', 'EBUSY'],
    ['queue/consequence', 'every code has the event of its consequence'],
  ]),
  row(20, 'a file that may not be read', [
    ['watch/settling', 'a file that may not be read stays, says why'],
    ['transfer/source', 'is unreadable without the right'],
  ]),
  row(21, 'a disk that fails in the middle of a file', [
    ['transfer/pump', 'hands on why its file cannot be read'],
    ['transfer/secrets', 'EIO'],
    ['faults/process/disk-errors', 'a disk that fails in the middle of a file'],
  ]),
  row(22, 'an empty file', [
    ['transfer/put', 'brings 0 bytes whole'],
    ['transfer/framing', 'arrives with 0 bytes'],
    ['demo/cyberun', 'takes an empty file'],
  ]),
  row(23, 'a file beyond the limit of its service, or beyond 4 GiB', [
    ['faults/process/large-files', 'is blocked before anything is reserved'],
  ]),
  row(24, 'a sparse file', [['faults/process/large-files', 'a sparse file arrives with its holes']]),
  notHere(
    25,
    'a placeholder of a cloud drive',
    'Only Windows and macOS have them; here every file is whole. The engine asks the file system for nothing but size, time and bytes, so one is read like any other file.',
  ),
  row(26, 'a pipe, a socket, a device', [
    ['watch/traps', 'links are not followed, and nothing but regular files is opened'],
    ['transfer/source', 'is told apart: missing, no file, a symlink, a pipe'],
  ]),
  row(
    27,
    'a network drive that goes away',
    [
      ['watch/traps', 'a missing folder is offline'],
      ['watch/traps', 'an empty folder on another device'],
      ['queue/files', 'on a volume that is away waits for it'],
    ],
    ['folder away'],
  ),
];

const namesAndFolders: readonly FaultRow[] = [
  row(28, 'names that only look alike', [['watch/traps', 'names that look alike are two files']]),
  row(29, 'names with quotes, line ends, and right-to-left marks', [
    ['transfer/framing', 'is read by another parser as it was meant'],
    ['transfer/framing', 'escapes what would end a name'],
    ['ipc/socket', 'carries names in any script'],
  ]),
  row(30, 'names that are no UTF-8', [['watch/traps', 'names that are not UTF-8 are told']]),
  row(31, 'a name that is very long', [
    ['providers/runflow', 'cuts a name to 500 characters and keeps its extension'],
    ['faults/process/names', 'a name of 255 bytes in a path of nearly 4,000'],
  ]),
  row(32, 'names with a leading dot, a trailing dot, a tilde, or a reserved word', [
    ['watch/rules', 'is ignored and told'],
    ['faults/process/names', 'names that other systems refuse'],
  ]),
  row(33, 'names that differ in case only', [['faults/process/names', 'names that differ in case only']]),
  row(34, 'a loop of links, a link to outside', [
    ['watch/traps', 'links are not followed'],
    ['watch/traps', 'a folder that is swapped for a link to outside leads nowhere'],
  ]),
  row(35, 'two links to one file', [['watch/traps', 'two hard links are two files']]),
  row(36, 'a watched folder that is deleted and made again', [
    ['watch/traps', 'a folder that is deleted and made again is watched again'],
  ]),
  row(37, 'watched folders within each other', [
    ['watch/rules', 'a folder that contains a watched one is refused'],
    ['engine/folders', 'is refused where it must not be'],
  ]),
];

const watchers: readonly FaultRow[] = [
  row(38, 'more events than the system keeps', [
    ['watch/discovery', '20,000 files while the main loop is blocked'],
  ]),
  row(39, 'no watches left', [['watch/watcher', 'when inotify has no watches left']]),
  row(40, 'changes while nobody watched', [
    ['watch/discovery', 'added, changed, renamed and deleted while closed'],
  ]),
  row(41, 'a disk that tells no events', [
    ['watch/rules', 'walks come by size, and often where events cannot be trusted'],
    ['watch/rules', 'the kind of disk is read from the mounts'],
  ]),
  row(42, 'a hundred thousand files at once', [['faults/process/many-files', 'a hundred thousand files']]),
  row(43, 'a directory that comes with its content', [
    ['watch/discovery', 'a hundred directories that are made, filled and renamed at once'],
  ]),
];

const networkAndServices: readonly FaultRow[] = [
  row(
    44,
    'a connection that is refused, or breaks',
    [
      ['transfer/answers', 'because the connection broke after'],
      ['transfer/answers', 'because nobody listens'],
      ['e2e/faults-store', 'dropAfterBytes'],
      ['faults/process/proxy', 'every file arrives once'],
    ],
    ['store: cut', 'store: cut-early', 'API: request-lost'],
  ),
  row(
    45,
    'a store that stops reading',
    [
      ['transfer/answers', 'because the other side stopped reading'],
      ['e2e/faults-store', 'stallAfterBytes'],
    ],
    ['store: stall'],
  ),
  row(46, 'a line that is slow, but moves', [
    ['transfer/pace', 'leaves a trickle alone'],
    ['e2e/faults-store', 'slow'],
  ]),
  row(
    47,
    'a service that fails everything',
    [
      ['queue/holds', 'is asked by one at a time when its budget is spent'],
      ['queue/retry-budget', 'is spent by 35 failures'],
    ],
    ['API: server-error', 'store: server-error'],
  ),
  row(
    48,
    'a service that says when to come again',
    [
      ['transfer/answer-headers', 'parseRetryAfter'],
      ['queue/throttle', 'a stated delay'],
      ['queue/faults', 'Retry-After holds the destination'],
    ],
    ['API: throttled', 'store: throttled'],
  ),
  row(49, 'an answer before the body was read', [
    ['transfer/answers', 'that refuses is told in the words'],
    ['e2e/faults-store', 'earlyForbidden'],
    ['faults/process/proxy', 'every file arrives once'],
  ]),
  row(
    50,
    'a target that has run out',
    [
      ['e2e/expiry', 'are renewed, and cost nothing'],
      ['e2e/expiry', 'a file that never fits'],
      ['queue/expiry', 'expiry'],
    ],
    ['expiry'],
  ),
  row(
    51,
    'an answer that is lost after a success',
    [
      ['queue/faults', 'are not sent again'],
      ['e2e/faults-store', 'dropAnswer'],
      ['providers/cyberun', 'doubted before'],
    ],
    ['store: answer-lost', 'API: answer-lost'],
  ),
  row(
    52,
    'a success that is none',
    [
      ['transfer/answers', 'of success that came before the body was read is none'],
      ['e2e/faults-store', 'captivePortal'],
      ['e2e/faults-store', 'redirect'],
    ],
    ['API: junk'],
  ),
  row(
    53,
    'no name, no network',
    [
      ['transfer/answers', 'because there is no such host'],
      ['queue/holds', 'is probed after 1, 2, 4'],
      ['e2e/faults-outage', 'is waited for while it is down'],
      ['e2e/faults-outage', 'takes files while its API'],
    ],
    ['API away', 'store away'],
  ),
  row(54, 'another network', [
    ['queue/holds', 'is probed at once when the network is another one'],
    ['transfer/api-client', 'keeps its own connections while transfers drop theirs'],
  ]),
  row(55, 'a certificate that is not believed', [
    ['transfer/tls-and-proxy', 'is not believed without'],
    ['transfer/tls-and-proxy', 'is not believed for another name'],
  ]),
  row(56, 'a proxy, and one that wants a password', [
    ['transfer/tls-and-proxy', 'carries https through a tunnel'],
    ['transfer/tls-and-proxy', 'that wants a password'],
  ]),
  row(57, 'clocks that differ', [
    ['e2e/faults-fate', 'completes with a service whose clock is'],
    ['transfer/answer-headers', 'the skew is the server minus us'],
  ]),
  row(
    58,
    'a key that is refused',
    [
      ['e2e/faults-account', 'with a wrong key asks once per lane'],
      ['queue/faults', 'blocks the destination, no other'],
    ],
    ['key refused'],
  ),
  row(59, 'an account without credit or rights, a file that is refused', [
    ['e2e/faults-api', 'status 402'],
    ['e2e/faults-api', 'status 403'],
    ['e2e/faults-store', 'status 413'],
  ]),
  row(
    60,
    'an asset that takes its time, and one that fails',
    [
      ['demo/flora', 'is ready after so many polls'],
      ['queue/faults', 'an asset that the service declared failed'],
    ],
    ['API: asset-failed'],
  ),
  row(61, 'answers that are no answers', [
    ['e2e/faults-api', 'malformedJson'],
    ['e2e/faults-api', 'hugeJson'],
    ['transfer/api-client', 'refuses an answer of more than 1 MiB'],
  ]),
  row(62, 'a target where nothing may be sent', [
    ['transfer/addresses', 'checkUrl'],
    ['transfer/addresses', 'leaves out what no request may go to'],
  ]),
  row(
    63,
    'a destination that is removed with work left',
    [
      ['queue/faults', 'a destination that is removed lets its jobs say so'],
      ['engine/destinations', 'leaves its jobs with name and kind'],
    ],
    ['destination removed'],
  ),
  row(64, 'a pause and a cancellation at any moment', [
    ['queue/commands', 'a job that is paused rests'],
    ['queue/commands', 'a job that is canceled ends'],
    ['transfer/abort', 'an abort'],
  ]),
  row(65, 'a file that is given twice', [
    ['queue/given-again', 'goes again where its job failed'],
    ['headless/commands', 'the same file given twice is one job and one link'],
    ['storage/contract', 'joins twins in one call'],
  ]),
];

export const faultRows: readonly FaultRow[] = [
  ...processAndMachine,
  ...sourceFiles,
  ...namesAndFolders,
  ...watchers,
  ...networkAndServices,
];

/** Rows whose trouble the simulation was to meet, and did not. */
export function unmetRows(kinds: ReadonlySet<string>): readonly string[] {
  return faultRows.flatMap(({ row, fault, simulated }) =>
    simulated
      .filter((kind) => !kinds.has(kind))
      .map((kind) => `row ${row}, ${fault}: the simulation never met "${kind}".`),
  );
}
