/** What a run was made on, and with what: without it a number says nothing. */
import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';

/** The first line that a program says of its version; null where it is not installed. */
export function versionOf(program: string, argument = '--version'): string | null {
  try {
    const text = execFileSync(program, [argument], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return text.split('\n')[0]?.trim() ?? null;
  } catch {
    return null;
  }
}

/** `curl 7.88.1 (…) libcurl/…` → `curl 7.88.1`. */
const short = (version: string | null, missing: string) =>
  version?.split(' ').slice(0, 2).join(' ') ?? missing;

export function describeMachine(): string {
  const [cpu] = cpus();
  return [
    `${new Date().toISOString().slice(0, 10)} · ${cpu?.model.trim() ?? 'unknown processor'} × ${cpus().length}, ${Math.round(totalmem() / 1024 ** 3)} GiB · ${process.platform} ${process.arch}`,
    `Node ${process.versions.node} · OpenSSL ${process.versions.openssl} · SQLite ${process.versions.sqlite} · ${short(versionOf('curl'), 'no curl')} · ${short(versionOf('rclone', 'version'), 'no rclone')}`,
  ].join('\n');
}
