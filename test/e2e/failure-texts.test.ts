/**
 * Every text that a person can meet when something goes wrong, in one table: what happened, what becomes of it, what to
 * do. Whoever changes one reads it here beside its neighbours.
 */
import { expect, it } from 'vitest';
import { consequenceOf, explainFailure, type FailureFacts, failure, failureCodes } from '#shared/failure.ts';

/** As the engine fills them in. */
const facts: FailureFacts = {
  host: 'store.example',
  status: 503,
  sizeBytes: 64_172_851,
  limitBytes: 52_428_800,
  ttlMs: 900_000,
  bytesPerSecond: 40_000,
  skewMs: 7_200_000,
  type: 'image/x-canon-cr2',
  edge: 'mask',
};

it('reads like this', () => {
  const table = failureCodes.map((code) => {
    const { reason, hint } = explainFailure(failure(code, '', facts));
    const atTheEnd = explainFailure(failure(code, '', { ...facts, triesMade: 8 })).hint;
    const lines = [`${code} (${consequenceOf(code)})`, `  ${reason}`, `  ${hint}`];
    return [...lines, ...(atTheEnd === hint ? [] : [`  given up: ${atTheEnd}`])].join('\n');
  });
  expect(`\n${table.join('\n\n')}\n`).toMatchInlineSnapshot(`
    "
    connection-broken (retry)
      The connection to store.example broke.
      Hoist tries again by itself.
      given up: Hoist tried 8 times and stopped. Check the network, then retry.

    timeout (retry)
      No answer from store.example in time.
      Hoist tries again by itself.
      given up: Hoist tried 8 times and stopped. Check the network, then retry.

    stalled (retry)
      The transfer stopped moving.
      Hoist tries again by itself.
      given up: Hoist tried 8 times and stopped. Check the network, then retry.

    server-error (retry)
      The service has a problem of its own (HTTP 503).
      Hoist tries again by itself.
      given up: Hoist tried 8 times and stopped. Retry when the service works again.

    conflict (retry)
      The service was busy with this very file.
      Hoist looks again by itself.
      given up: Hoist tried 8 times and stopped. Retry in a while.

    bad-answer (retry)
      store.example answered with something that Hoist does not understand.
      A sign-in page of the network, a proxy or a wrong base URL can do that: check the network and the destination. Hoist tries again by itself.
      given up: Hoist tried 8 times and stopped. A sign-in page of the network, a proxy or a wrong base URL can do that: check the network and the destination, then retry.

    bad-request (retry)
      The service did not understand the request.
      Hoist tries again by itself. If it stays so, the service may have changed its API.
      given up: Hoist tried 8 times and stopped. The service may have changed its API: copy the error report.

    unreachable (hold)
      store.example cannot be reached.
      Continues by itself as soon as it answers.

    rate-limited (hold)
      The service asks Hoist to slow down.
      Continues by itself when the time is over.

    disk-full (hold)
      The disk that holds the queue is full.
      Make room; Hoist goes on by itself.

    certificate (block-destination)
      The certificate of store.example is not trusted.
      Check the clock and the network (a company proxy needs its certificate in the system store), then retry.

    proxy-refused (block-destination)
      The proxy asks for a name and a password.
      Put them into the proxy address (HTTPS_PROXY), then retry.

    key-missing (block-destination)
      This destination has no key.
      Give it a key.

    key-refused (block-destination)
      The key was refused.
      Update the key of this destination.

    no-credit (block-destination)
      The account has no credit left.
      Top up the account, then retry.

    forbidden (block-destination)
      The account may not do this.
      Check the role, the workspace or team, and the kind of key, then retry.

    too-large (block)
      The file is too large for this service.
      Limit 52.4 MB, file 64.2 MB. Send it to another destination.

    empty-file (block)
      The file is empty, and this service takes no empty files.
      Send it to another destination, or cancel it.

    type-refused (block)
      This service does not take image/x-canon-cr2.
      Convert the file, or send it to another destination.

    name-refused (block)
      This service does not take the name of the file.
      Rename the file and add it again.

    rejected (block)
      The service refused this file.
      See its own words in the details; change the file or the destination, then retry.

    file-missing (block)
      The file was moved or deleted.
      Put it back and retry, or cancel it.

    file-unreadable (block)
      Hoist may not read the file.
      Give your user the right to read it, then retry.

    folder-unreadable (block)
      Hoist may not read the folder, so what it holds stays here.
      Give your user the right to read it, then give it again.

    read-failed (block)
      The disk gave an error while the file was read.
      Copy the file to a sound disk, then retry.

    file-locked (retry)
      Another program holds the file.
      Hoist tries again by itself.
      given up: Hoist tried 8 times and stopped. Close that program, then retry.

    not-a-file (block)
      This is not a regular file.
      Only regular files can be sent.

    file-changed (retry)
      The file changed while it was being sent.
      Hoist sends it again when it has stopped changing.

    keeps-changing (block)
      The file keeps changing while it is being sent.
      Wait until the program that writes it is done, then retry.

    cannot-fit (block)
      The upload link always expires before the file is sent.
      64.2 MB at 40.0 kB/s does not fit into 15 min. Use a faster line or a smaller file, then retry.

    signature-refused (block)
      The store does not accept the signature of the upload link.
      Something between here and the store changes the request (a proxy?), or the service signs wrongly. Retry, or copy the error report.

    clock-off (block)
      The clock of this computer is wrong.
      It is 2 h behind. Set it, then retry.

    store-clock-off (block)
      The clocks of the service and of its store do not agree.
      The store takes fresh upload links for outdated ones, or for ones from the future. Tell whoever runs the service, then retry.

    target-refused (block)
      The service handed out an upload address that Hoist does not trust.
      It (store.example) is not https, or leads to this computer's own network services. Check the destination, then retry.

    target-unreachable (retry)
      The store store.example cannot be reached from here.
      Hoist tries again by itself. The address comes from the service and is signed, so it cannot be changed here: a store inside a container needs an address that this computer knows.
      given up: Hoist tried 8 times and stopped. The address comes from the service and is signed, so Hoist cannot change it: a store inside a container needs an address that this computer knows.

    store-missing (block)
      The store or bucket behind the service does not exist.
      Repair the store settings of the service, then retry.

    not-arrived (retry)
      The service does not see the file, although its store took it.
      Hoist looks again, and sends the file once more only if it is not there.
      given up: Hoist tried 8 times and stopped. Check at the service whether the file is there, then retry.

    asset-failed (retry)
      The service could not make an asset of the file.
      Hoist tries again by itself.
      given up: Hoist tried 8 times and stopped. Check that the file opens, then retry.

    flow-run-failed (fail)
      The flow run ended with an error.
      See the step and its error in the details. Retry starts a new run and sends its files again.

    flow-invalid (block-destination)
      The flow cannot be run.
      Repair the flow or the destination, then retry.

    edge-unknown (block)
      The flow wants no upload on mask.
      Name an upload edge of the flow.

    edge-unfilled (block)
      The flow run lacks a file for mask.
      Give one file per upload edge in one go.

    destination-missing (block)
      The destination of this job was removed.
      Add it again under the same name, or cancel the job.

    folder-refused (block)
      This folder cannot be watched.
      Choose a folder that holds only what should go up.

    data-dir-unusable (fail)
      Hoist cannot use its data directory.
      Give your user the right to read and write there, or choose another directory.

    queue-damaged (fail)
      The file that holds the queue is damaged.
      End Hoist and start it again: it keeps the damaged file, goes on from its last copy of the queue, and says what that means.

    not-found (fail)
      There is no such thing.
      It may have been removed.

    invalid (fail)
      The request is not valid.
      See the details.

    internal (retry)
      Hoist made a mistake.
      Hoist tries again by itself. If it stays so, copy the error report and tell us.
      given up: Hoist tried 8 times and stopped. Copy the error report and tell us.
    "
  `);
});
