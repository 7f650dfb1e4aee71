import { spawn } from 'node:child_process';

interface Place {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The program that opens an address in this user's browser, and its arguments; null where there is no display. */
export function browserCommand(url: string, { platform, env }: Place): readonly string[] | null {
  if (platform === 'darwin') return ['open', url];
  if (platform === 'win32') return ['rundll32.exe', 'url.dll,FileProtocolHandler', url];
  const hasDisplay = [env.DISPLAY, env.WAYLAND_DISPLAY].some((display) => (display ?? '') !== '');
  return hasDisplay ? ['xdg-open', url] : null;
}

/** Opens it where that can be done. Where it cannot, nothing is lost: the address is printed anyway. */
export function openInBrowser(url: string, place: Place): void {
  const [program, ...args] = browserCommand(url, place) ?? [];
  if (program === undefined) return;
  const child = spawn(program, args, { detached: true, stdio: 'ignore', windowsHide: true });
  child.on('error', () => {});
  child.unref();
}
