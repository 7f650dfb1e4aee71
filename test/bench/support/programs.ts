/** Programs of the system that we are compared with, as child processes whose time is taken. */
import { spawn } from 'node:child_process';
import { versionOf } from './machine.ts';

export interface Ran {
  readonly ms: number;
  readonly stdout: string;
}

/** Rejects where it does not end well, with what it said. */
export async function run(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const begun = performance.now();
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text) => {
    stdout += text;
  });
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.once('error', reject);
  child.once('close', resolve);
  const code = await promise;
  const ms = performance.now() - begun;
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${stderr.slice(-2000)}`);
  return { ms, stdout };
}

/** The file's bytes as the body of one PUT. */
export function curlPut(path: string, url: string, certFile = ''): Promise<Ran> {
  const trust = certFile === '' ? [] : ['--cacert', certFile];
  return run('curl', [
    '--silent',
    '--show-error',
    '--fail',
    '--noproxy',
    '*',
    '--http1.1',
    ...trust,
    '-T',
    path,
    url,
  ]);
}

/** A form of these fields, the file last. */
export function curlForm(
  path: string,
  url: string,
  fields: readonly (readonly [string, string])[],
): Promise<Ran> {
  const form = fields.flatMap(([name, value]) => ['--form-string', `${name}=${value}`]);
  return run('curl', [
    '--silent',
    '--show-error',
    '--fail',
    '--noproxy',
    '*',
    ...form,
    '-F',
    `file=@${path}`,
    url,
  ]);
}

/** Why rclone cannot be a peer here; null where it can. */
export const rcloneMissing = (): string | null =>
  versionOf('rclone', 'version') === null ? 'no rclone' : null;

/**
 * rclone to the S3 side of a sink, which is rclone at its best: its WebDAV side paces itself. Nothing of it asks whether the
 * bucket is there, looks at the object afterwards, or hashes.
 */
export function rcloneArguments(origin: string): readonly string[] {
  return [
    ...['--config', '/dev/null', '--s3-provider', 'Other', '--s3-endpoint', origin],
    ...['--s3-access-key-id', 'key', '--s3-secret-access-key', 'secret', '--s3-force-path-style'],
    ...['--s3-no-check-bucket', '--s3-no-head', '--ignore-checksum', '--s3-disable-checksum'],
    ...['--s3-upload-cutoff', '5G', '--retries', '1'],
  ];
}

/** An inherited bundle makes its S3 client refuse plain http. */
export const rcloneEnvironment = { AWS_CA_BUNDLE: '', NO_PROXY: '*', no_proxy: '*' } as const;
