/** The few pages that the browser host makes itself, in plain words and without a script. */
import { createHash } from 'node:crypto';
import type { Answer } from './answer.ts';

const style =
  'body{font:16px/1.6 system-ui,sans-serif;max-width:34em;margin:18vh auto 0;padding:0 1.5em;color-scheme:light dark}h1{font-size:1.3em}';
const styleHash = createHash('sha256').update(style).digest('base64');

function page(status: number, title: string, paragraphs: readonly string[], head = ''): Answer {
  const body = [
    '<!doctype html><html lang="en"><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">',
    // An empty icon of its own, or the browser asks for one that the policy forbids.
    '<link rel="icon" href="data:,">',
    `${head}<title>${title}</title><style>${style}</style><h1>${title}</h1>`,
    ...paragraphs.map((text) => `<p>${text}</p>`),
    '</html>\n',
  ].join('');
  return {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    },
    body,
  };
}

/**
 * After a token: a page of ours that goes on to the screens, not a redirect. A browser sends a strict cookie only where
 * one of our own pages asks, and the link may have been followed from another one.
 */
export const comeIn = page(
  200,
  'Hoist',
  ['<a href="/">Open Hoist</a>'],
  '<meta http-equiv="refresh" content="0;url=/">',
);

export const notSignedIn = page(401, 'This window may not come in yet', [
  'Look at the terminal where Hoist runs: a fresh address stands there. Open that one.',
  'It works once, and this browser then stays known for a month.',
]);

export const usedAddress = page(401, 'This address was used already, or is an old one', [
  'Each address that Hoist prints works once. Look at the terminal where Hoist runs: a fresh one stands there.',
]);

export const wrongHost = (port: number): Answer =>
  page(403, 'Hoist does not answer under this name', [
    `It is there for this machine only: open http://127.0.0.1:${port}/.`,
  ]);

export const wrongOrigin = page(403, 'Another page asked for this', [
  'Hoist answers its own windows only. Open its address yourself.',
]);

export const notBuilt = page(503, 'The screens are not built', [
  'Hoist runs, and the command line works. Run npm start once, or npm run build; then load this page again.',
]);
