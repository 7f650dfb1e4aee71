import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { describe, expect, test } from 'vitest';
import {
  checkUrl,
  isForbiddenAddress,
  isLoopbackHost,
  pathAsGiven,
} from '../../electron/transfer/addresses.ts';
import { createGuardedLookup } from '../../electron/transfer/guarded-lookup.ts';
import { proxySettings } from '../../electron/transfer/proxy-settings.ts';
import { createClient, createFile, expectKind, put } from '../support/transfer-stage.ts';

describe('checkUrl', () => {
  test.each([
    ['https://store.test/x?y=1', 'ok', 'ok'],
    ['http://127.0.0.1:80/', 'ok', 'ok'],
    ['http://127.8.9.1/', 'ok', 'ok'],
    ['http://2130706433/', 'ok', 'ok'],
    ['http://localhost:1/', 'ok', 'ok'],
    ['http://a.localhost/', 'ok', 'ok'],
    ['http://[::1]/', 'ok', 'ok'],
    ['http://[::ffff:127.0.0.1]/', 'ok', 'ok'],
    ['http://store.test/', 'plain http', 'ok'],
    ['http://localhost.evil.test/', 'plain http', 'ok'],
    ['http://192.168.1.5:9000/', 'plain http', 'ok'],
    ['http://0.0.0.0/', 'plain http', 'ok'],
    ['https://user@store.test/', 'holds a user name or password', 'holds a user name or password'],
    ['https://:pw@store.test/', 'holds a user name or password', 'holds a user name or password'],
    ['ftp://store.test/', 'neither https nor http', 'neither https nor http'],
    ['file:///etc/passwd', 'neither https nor http', 'neither https nor http'],
    ['unix:/run/x.sock:/', 'neither https nor http', 'neither https nor http'],
    ['data:text/plain,x', 'neither https nor http', 'neither https nor http'],
    ['store.test/x', 'not a URL', 'not a URL'],
    ['', 'not a URL', 'not a URL'],
    ['https://169.254.169.254/latest', 'link-local or metadata address', 'link-local or metadata address'],
    ['https://0xa9fea9fe/', 'link-local or metadata address', 'link-local or metadata address'],
    ['https://[::ffff:169.254.1.1]/', 'link-local or metadata address', 'link-local or metadata address'],
    ['https://[fe80::1]/', 'link-local or metadata address', 'link-local or metadata address'],
    ['https://[febf::1]/', 'link-local or metadata address', 'link-local or metadata address'],
    ['https://[fd00:ec2::254]/', 'link-local or metadata address', 'link-local or metadata address'],
    [
      'https://[64:ff9b::169.254.169.254]/',
      'link-local or metadata address',
      'link-local or metadata address',
    ],
    ['https://[fd00:ec2::253]/', 'ok', 'ok'],
  ])('%s: %s, with plain http allowed: %s', (text, strict, loose) => {
    const told = (allowPlainHttp: boolean) => {
      const checked = checkUrl(text, { allowPlainHttp });
      return checked.ok ? 'ok' : checked.why;
    };
    expect([told(false), told(true)]).toEqual([strict, loose]);
  });

  test('takes an address with a zone for what it is', () => {
    expect(isForbiddenAddress('fe80::1%eth0')).toBe(true);
    expect(isLoopbackHost('LOCALHOST.')).toBe(true);
  });
});

describe('pathAsGiven', () => {
  test.each([
    ['https://h/a/../b?x=%2F#f', '/a/../b?x=%2F'],
    ['https://h?x=1', '/?x=1'],
    ['https://h', '/'],
    ["HTTPS://h:443/it's|{x}", "/it's|{x}"],
    ['https://h/ä b', '/%C3%A4%20b'],
    ['https://h\\a', '/a'],
    ['https://h/a\\b?x', '/a/b?x'],
  ])('%s', (text, path) => {
    expect(pathAsGiven(text, new URL(text))).toBe(path);
  });
});

describe('the guarded lookup', () => {
  const four = (address: string): LookupAddress => ({ address, family: 4 });
  const resolveTo = (...addresses: LookupAddress[]) =>
    createGuardedLookup((_hostname, _options, done) => done(null, addresses));
  const ask = (lookup: LookupFunction, hostname: string, all: boolean) =>
    new Promise((resolve) => lookup(hostname, { all }, (error, address) => resolve(error?.code ?? address)));

  test('leaves out what no request may go to', async () => {
    const mixed = resolveTo(four('169.254.169.254'), four('192.0.2.1'));
    expect(await ask(mixed, 'a.test', true)).toEqual([four('192.0.2.1')]);
    expect(await ask(mixed, 'a.test', false)).toBe('192.0.2.1');
    const bad = resolveTo(four('169.254.169.254'), { address: 'fe80::1', family: 6 });
    expect(await ask(bad, 'metadata.test', true)).toBe('ERR_TARGET_REFUSED');
    expect(await ask(bad, 'metadata.test', false)).toBe('ERR_TARGET_REFUSED');
  });

  test('takes loopback names at their word', async () => {
    expect(await ask(resolveTo(four('192.0.2.1')), 'x.localhost', false)).toBe('ERR_TARGET_REFUSED');
    expect(await ask(resolveTo(four('127.0.0.1')), 'x.localhost', false)).toBe('127.0.0.1');
  });

  test('hands errors on', async () => {
    const failing = createGuardedLookup((_hostname, _options, done) =>
      done(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), []),
    );
    expect(await ask(failing, 'a.test', true)).toBe('ENOTFOUND');
  });
});

describe('proxySettings', () => {
  test.each([
    [{}, {}],
    [
      { HTTP_PROXY: 'p:1', https_proxy: 'https://q', HTTPS_PROXY: 'r' },
      { HTTP_PROXY: 'http://p:1', HTTPS_PROXY: 'https://q' },
    ],
    [{ HTTP_PROXY: '', NO_PROXY: 'a,b' }, { NO_PROXY: 'a,b' }],
    [{ HTTPS_PROXY: 'socks5://x:1', HTTP_PROXY: 'http://a:%ff@b' }, {}],
  ])('%j', (environment, settings) => {
    expect(proxySettings(environment)).toEqual(settings);
  });
});

test('a refused target is an outcome without its query', async () => {
  const file = await createFile(10);
  const outcome = await createClient().transfer.send(put(file, 'http://store.test/x?sig=verysecretvalue'));
  expect(expectKind(outcome, 'broken')).toEqual({
    kind: 'broken',
    failure: { code: 'target-refused', message: 'plain http', facts: { host: 'store.test' } },
    bytesSent: 0,
    allBytesGiven: false,
  });
});
