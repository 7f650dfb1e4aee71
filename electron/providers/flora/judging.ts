/** FLORA's upload host is ImageKit by its documents, and may be any other; ImageKit answers in JSON, without codes. */
import type { JudgedTry, Verdict } from '#ports/provider.ts';
import type { Rejection } from '#ports/transfer.ts';
import { failed, hasRunOut, judgeStore, refusedSignature, spent } from '../judge.ts';

/** Pure. Whatever the verdict, the form is not sent again: `isTargetReusable` is false. */
export function judgeForm(rejection: Rejection, tried: JudgedTry): Verdict {
  const { status, message } = rejection;
  if (
    tried.reservation.target.method !== 'POST' ||
    rejection.storeCode !== null ||
    status < 400 ||
    status >= 500
  )
    return judgeStore(rejection, tried);
  if (status !== 400 && status !== 422) return judgeStore(rejection, tried);
  if (/(?:file|size).*(?:too (?:large|big)|exceed|limit)/i.test(message))
    return failed('too-large', rejection, { sizeBytes: tried.sizeBytes });
  if (hasRunOut(tried) || /\bexpire/i.test(message)) return { kind: 'expired' };
  if (/signature/i.test(message)) return refusedSignature(rejection, tried);
  // "Token has been used before" and the like: another target is needed.
  return spent('bad-request', rejection);
}
