/**
 * Why a job does not go on: one table that gives each code what becomes of the job, what the person reads
 * and what they can do. Codes travel over every wire; texts are made from codes and numbers, here only.
 */

/** What a failure does to the job that met it. */
export type Consequence =
  /** Waits with backoff and costs an attempt; fails for good at the attempt limit. */
  | 'retry'
  /** Waits for the person: trying again cannot help. Costs no attempt. */
  | 'block'
  /** Stops the whole destination until the person acts; its jobs come back together. Costs no attempt. */
  | 'block-destination'
  /** Holds the destination for a while (Retry-After, or a probe). Costs no attempt. */
  | 'hold'
  /** Gives up at once, without more attempts; a person may retry. */
  | 'fail';

/** Numbers and words that belong to one failure; shown inside its texts. Never a URL with a query, never a key. */
export interface FailureFacts {
  readonly limitBytes?: number;
  readonly sizeBytes?: number;
  readonly ttlMs?: number;
  readonly bytesPerSecond?: number;
  readonly skewMs?: number;
  readonly untilAt?: number;
  readonly type?: string;
  readonly host?: string;
  readonly status?: number;
  readonly requestId?: string;
  readonly edge?: string;
  readonly path?: string;
  /** Where the symbolic link leads that was given. */
  readonly linkTarget?: string;
  /** Hoist has given up after so many tries; absent while it goes on by itself. */
  readonly triesMade?: number;
}

interface FailureText {
  readonly consequence: Consequence;
  readonly reason: string | ((facts: FailureFacts) => string);
  readonly hint: string | ((facts: FailureFacts) => string);
}

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** "812 B", "48.2 MB", "1.9 GB": decimal units, as all sizes are shown, three digits at most. */
export function formatBytes(bytes: number): string {
  if (bytes < 999.5) return `${Math.round(bytes)} B`;
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const shown = value < 99.95 ? value.toFixed(1) : Math.round(value).toLocaleString('en');
  return `${shown} ${units[unit] ?? ''}`;
}

/** "42 s", "7 min", "3 h": whole units, for texts. */
export function formatDuration(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}

const at = (facts: FailureFacts) => (facts.host === undefined ? 'the service' : facts.host);

/** What Hoist does by itself; once it has given up, that it did, and what the person can do then. */
const again =
  (advice: string, meanwhile = 'Hoist tries again by itself.') =>
  ({ triesMade }: FailureFacts) =>
    triesMade === undefined
      ? meanwhile
      : `Hoist tried ${triesMade === 1 ? 'once' : `${triesMade} times`} and stopped. ${advice}`;

export const failureTable = {
  // The way to the service.
  'connection-broken': {
    consequence: 'retry',
    reason: (facts) => `The connection to ${at(facts)} broke.`,
    hint: again('Check the network, then retry.'),
  },
  timeout: {
    consequence: 'retry',
    reason: (facts) => `No answer from ${at(facts)} in time.`,
    hint: again('Check the network, then retry.'),
  },
  stalled: {
    consequence: 'retry',
    reason: 'The transfer stopped moving.',
    hint: again('Check the network, then retry.'),
  },
  'server-error': {
    consequence: 'retry',
    reason: (facts) =>
      `The service has a problem of its own${facts.status === undefined ? '' : ` (HTTP ${facts.status})`}.`,
    hint: again('Retry when the service works again.'),
  },
  conflict: {
    consequence: 'retry',
    reason: 'The service was busy with this very file.',
    hint: again('Retry in a while.', 'Hoist looks again by itself.'),
  },
  'bad-answer': {
    consequence: 'retry',
    reason: (facts) => `${at(facts)} answered with something that Hoist does not understand.`,
    hint: again(
      'A sign-in page of the network, a proxy or a wrong base URL can do that: check the network and the destination, then retry.',
      'A sign-in page of the network, a proxy or a wrong base URL can do that: check the network and the destination. Hoist tries again by itself.',
    ),
  },
  'bad-request': {
    consequence: 'retry',
    reason: 'The service did not understand the request.',
    hint: again(
      'The service may have changed its API: copy the error report.',
      'Hoist tries again by itself. If it stays so, the service may have changed its API.',
    ),
  },
  unreachable: {
    consequence: 'hold',
    reason: (facts) => `${at(facts)} cannot be reached.`,
    hint: 'Continues by itself as soon as it answers.',
  },
  'rate-limited': {
    consequence: 'hold',
    reason: 'The service asks Hoist to slow down.',
    hint: 'Continues by itself when the time is over.',
  },
  'disk-full': {
    consequence: 'hold',
    reason: 'The disk that holds the queue is full.',
    hint: 'Make room; Hoist goes on by itself.',
  },
  certificate: {
    consequence: 'block-destination',
    reason: (facts) => `The certificate of ${at(facts)} is not trusted.`,
    hint: 'Check the clock and the network (a company proxy needs its certificate in the system store), then retry.',
  },
  'proxy-refused': {
    consequence: 'block-destination',
    reason: 'The proxy asks for a name and a password.',
    hint: 'Put them into the proxy address (HTTPS_PROXY), then retry.',
  },
  // The account.
  'key-missing': {
    consequence: 'block-destination',
    reason: 'This destination has no key.',
    hint: 'Give it a key.',
  },
  'key-refused': {
    consequence: 'block-destination',
    reason: 'The key was refused.',
    hint: 'Update the key of this destination.',
  },
  'no-credit': {
    consequence: 'block-destination',
    reason: 'The account has no credit left.',
    hint: 'Top up the account, then retry.',
  },
  forbidden: {
    consequence: 'block-destination',
    reason: 'The account may not do this.',
    hint: 'Check the role, the workspace or team, and the kind of key, then retry.',
  },
  // The file.
  'too-large': {
    consequence: 'block',
    reason: 'The file is too large for this service.',
    hint: ({ limitBytes, sizeBytes }) => {
      const file = sizeBytes === undefined ? '' : `file ${formatBytes(sizeBytes)}`;
      const limit = limitBytes === undefined ? '' : `limit ${formatBytes(limitBytes)}`;
      const numbers = [limit, file].filter((part) => part !== '').join(', ');
      return `${numbers === '' ? '' : `${numbers}. `}Send it to another destination.`;
    },
  },
  'empty-file': {
    consequence: 'block',
    reason: 'The file is empty, and this service takes no empty files.',
    hint: 'Send it to another destination, or cancel it.',
  },
  'type-refused': {
    consequence: 'block',
    reason: (facts) => `This service does not take ${facts.type ?? 'this type of file'}.`,
    hint: 'Convert the file, or send it to another destination.',
  },
  'name-refused': {
    consequence: 'block',
    reason: 'This service does not take the name of the file.',
    hint: 'Rename the file and add it again.',
  },
  rejected: {
    consequence: 'block',
    reason: 'The service refused this file.',
    hint: 'See its own words in the details; change the file or the destination, then retry.',
  },
  'file-missing': {
    consequence: 'block',
    reason: ({ linkTarget }) =>
      linkTarget === undefined
        ? 'The file was moved or deleted.'
        : `The symbolic link leads to ${linkTarget}, and nothing is there.`,
    hint: 'Put it back and retry, or cancel it.',
  },
  'file-unreadable': {
    consequence: 'block',
    reason: 'Hoist may not read the file.',
    hint: 'Give your user the right to read it, then retry.',
  },
  'folder-unreadable': {
    consequence: 'block',
    reason: 'Hoist may not read the folder, so what it holds stays here.',
    hint: 'Give your user the right to read it, then give it again.',
  },
  'read-failed': {
    consequence: 'block',
    reason: 'The disk gave an error while the file was read.',
    hint: 'Copy the file to a sound disk, then retry.',
  },
  'file-locked': {
    consequence: 'retry',
    reason: 'Another program holds the file.',
    hint: again('Close that program, then retry.'),
  },
  'not-a-file': {
    consequence: 'block',
    reason: 'This is not a regular file.',
    hint: 'Only regular files can be sent.',
  },
  'file-changed': {
    consequence: 'retry',
    reason: 'The file changed while it was being sent.',
    hint: 'Hoist sends it again when it has stopped changing.',
  },
  'keeps-changing': {
    consequence: 'block',
    reason: 'The file keeps changing while it is being sent.',
    hint: 'Wait until the program that writes it is done, then retry.',
  },
  // The upload target.
  'cannot-fit': {
    consequence: 'block',
    reason: 'The upload link always expires before the file is sent.',
    hint: (facts) =>
      `${facts.sizeBytes === undefined ? 'The file' : formatBytes(facts.sizeBytes)} at ${
        facts.bytesPerSecond === undefined ? 'the speed seen' : `${formatBytes(facts.bytesPerSecond)}/s`
      } does not fit into ${facts.ttlMs === undefined ? 'the life of the link' : formatDuration(facts.ttlMs)}. Use a faster line or a smaller file, then retry.`,
  },
  'signature-refused': {
    consequence: 'block',
    reason: 'The store does not accept the signature of the upload link.',
    hint: 'Something between here and the store changes the request (a proxy?), or the service signs wrongly. Retry, or copy the error report.',
  },
  'clock-off': {
    consequence: 'block',
    reason: 'The clock of this computer is wrong.',
    hint: (facts) =>
      facts.skewMs === undefined
        ? 'Set the clock, then retry.'
        : `It is ${formatDuration(facts.skewMs)} ${facts.skewMs > 0 ? 'behind' : 'ahead'}. Set it, then retry.`,
  },
  'store-clock-off': {
    consequence: 'block',
    reason: 'The clocks of the service and of its store do not agree.',
    hint: 'The store takes fresh upload links for outdated ones, or for ones from the future. Tell whoever runs the service, then retry.',
  },
  'target-refused': {
    consequence: 'block',
    reason: 'The service handed out an upload address that Hoist does not trust.',
    hint: (facts) =>
      `It${facts.host === undefined ? '' : ` (${facts.host})`} is not https, or leads to this computer's own network services. Check the destination, then retry.`,
  },
  'target-unreachable': {
    consequence: 'retry',
    reason: (facts) => `The store ${facts.host ?? ''} cannot be reached from here.`.replace('  ', ' '),
    hint: again(
      'The address comes from the service and is signed, so Hoist cannot change it: a store inside a container needs an address that this computer knows.',
      'Hoist tries again by itself. The address comes from the service and is signed, so it cannot be changed here: a store inside a container needs an address that this computer knows.',
    ),
  },
  'store-missing': {
    consequence: 'block',
    reason: 'The store or bucket behind the service does not exist.',
    hint: 'Repair the store settings of the service, then retry.',
  },
  // What the service made of it.
  'not-arrived': {
    consequence: 'retry',
    reason: 'The service does not see the file, although its store took it.',
    hint: again(
      'Check at the service whether the file is there, then retry.',
      'Hoist looks again, and sends the file once more only if it is not there.',
    ),
  },
  'asset-failed': {
    consequence: 'retry',
    reason: 'The service could not make an asset of the file.',
    hint: again('Check that the file opens, then retry.', 'Hoist tries again by itself.'),
  },
  'flow-run-failed': {
    consequence: 'fail',
    reason: 'The flow run ended with an error.',
    hint: 'See the step and its error in the details. Retry starts a new run and sends its files again.',
  },
  'flow-invalid': {
    consequence: 'block-destination',
    reason: 'The flow cannot be run.',
    hint: 'Repair the flow or the destination, then retry.',
  },
  'edge-unknown': {
    consequence: 'block',
    reason: (facts) =>
      facts.edge === undefined
        ? 'The flow does not want this file.'
        : `The flow wants no upload on ${facts.edge}.`,
    hint: 'Name an upload edge of the flow.',
  },
  'edge-unfilled': {
    consequence: 'block',
    reason: (facts) => `The flow run lacks a file${facts.edge === undefined ? '' : ` for ${facts.edge}`}.`,
    hint: 'Give one file per upload edge in one go.',
  },
  // Ours.
  'destination-missing': {
    consequence: 'block',
    reason: 'The destination of this job was removed.',
    hint: 'Add it again under the same name, or cancel the job.',
  },
  'folder-refused': {
    consequence: 'block',
    reason: 'This folder cannot be watched.',
    hint: 'Choose a folder that holds only what should go up.',
  },
  'data-dir-unusable': {
    consequence: 'fail',
    reason: ({ path }) => `Hoist cannot use its data directory${path === undefined ? '' : ` ${path}`}.`,
    hint: 'Give your user the right to read and write there, or choose another directory.',
  },
  'queue-damaged': {
    consequence: 'fail',
    reason: ({ path }) =>
      `The file that holds the queue${path === undefined ? '' : ` (${path})`} is damaged.`,
    hint: 'End Hoist and start it again: it keeps the damaged file, goes on from its last copy of the queue, and says what that means.',
  },
  'not-found': { consequence: 'fail', reason: 'There is no such thing.', hint: 'It may have been removed.' },
  invalid: { consequence: 'fail', reason: 'The request is not valid.', hint: 'See the details.' },
  internal: {
    consequence: 'retry',
    reason: 'Hoist made a mistake.',
    hint: again(
      'Copy the error report and tell us.',
      'Hoist tries again by itself. If it stays so, copy the error report and tell us.',
    ),
  },
} as const satisfies Record<string, FailureText>;

export type FailureCode = keyof typeof failureTable;

export const failureCodes = Object.keys(failureTable) as readonly FailureCode[];

/** A failure as it is stored, shown and sent: serializable, without secrets. */
export interface Failure {
  readonly code: FailureCode;
  /** The technical detail (a server's own words, an errno), cut and redacted; may be empty. */
  readonly message: string;
  readonly facts: FailureFacts;
}

export function failure(code: FailureCode, message = '', facts: FailureFacts = {}): Failure {
  return { code, message, facts };
}

export function consequenceOf(code: FailureCode): Consequence {
  return failureTable[code].consequence;
}

/** Sentences begin with a capital, except where they begin with a host's name. */
const beginUpper = (text: string, { facts }: Failure) =>
  facts.host !== undefined && text.startsWith(facts.host)
    ? text
    : text.charAt(0).toUpperCase() + text.slice(1);

/** The two sentences a person reads: what happened, and what to do. */
export function explainFailure(of: Failure): { readonly reason: string; readonly hint: string } {
  const text: FailureText = failureTable[of.code];
  const say = (part: FailureText['reason']) =>
    beginUpper(typeof part === 'string' ? part : part(of.facts), of);
  return { reason: say(text.reason), hint: say(text.hint) };
}
