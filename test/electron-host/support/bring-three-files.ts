import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import type { Desktop } from '../harness/desktop.ts';
import { linksOf, openUploads } from './desktop-uploads.ts';

export const trayLabels = (menu: readonly { readonly label: string }[] | null | undefined) =>
  (menu ?? []).map(({ label }) => label);

/** From a drop on a fresh app's window to links that give the same bytes back, on the clipboard and in the tray. */
export async function bringThreeFiles(desktop: Desktop): Promise<void> {
  const { uploads } = await openUploads(desktop);
  const names = ['first picture.png', 'second.txt', 'third.bin'];
  const given = await Promise.all(
    names.map(async (name) => {
      const bytes = randomBytes(5000);
      return { name, bytes, path: await desktop.write(name, bytes) };
    }),
  );
  await desktop.drop(given.map(({ path }) => path));
  for (const { name } of given) await uploads.whenState(name, 'Ready');

  const links = await linksOf(desktop);
  expect(Object.keys(links).sort()).toEqual([...names].sort());
  for (const { name, bytes } of given) {
    const answer = await fetch(links[name] ?? '');
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes), name).toBe(true);
  }
  // Files given by hand are copied by themselves when they are ready: together, or one after the other.
  const copied = new Set<string>();
  await desktop.whenSeen('every link on the clipboard', ({ clipboard }) => {
    for (const line of clipboard === '' ? [] : clipboard.split('\n')) copied.add(line);
    return copied.size >= names.length;
  });
  expect([...copied].sort()).toEqual(Object.values(links).sort());

  await desktop.whenSeen('three links in the tray', ({ tray }) =>
    names.every((name) => trayLabels(tray?.menu).includes(name)),
  );
  for (const name of names) {
    await desktop.act({ kind: 'click-tray-menu', labels: [name] });
    await desktop.whenSeen(`the link of ${name}`, ({ clipboard }) => clipboard === links[name]);
  }
}
