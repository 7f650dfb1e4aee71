import type { NativeImage, Tray } from 'electron';
import type { Sight } from '../messages.ts';
import { createEvent } from './event.ts';
import type { StandInMenu } from './menu.ts';
import { toImage } from './native-image.ts';
import { StrictEmitter } from './strict.ts';

type TrayMembers = Pick<
  Tray,
  | 'destroy'
  | 'getBounds'
  | 'getTitle'
  | 'isDestroyed'
  | 'setIgnoreDoubleClickEvents'
  | 'setImage'
  | 'setTitle'
  | 'setToolTip'
>;

const shown = new Set<StandInTray>();

/** The icon beside the clock. A test has at most one: a second is a leak, and told as one. */
export class StandInTray extends StrictEmitter implements TrayMembers {
  #image = toImage('');
  #toolTip = '';
  #title = '';
  #menu: StandInMenu | null = null;

  constructor(image: NativeImage | string) {
    super('Tray');
    this.setImage(image);
    if (shown.size > 0) throw new Error('The app has put a second icon into the tray.');
    shown.add(this);
  }
  setImage(image: NativeImage | string): void {
    this.#image = toImage(image);
    if (this.#image.isEmpty()) throw new Error('Failed to load the image of the tray');
  }
  setPressedImage(): void {}
  setToolTip(toolTip: string): void {
    this.#toolTip = toolTip;
  }
  setTitle(title: string): void {
    this.#title = title;
  }
  getTitle(): string {
    return this.#title;
  }
  setContextMenu(menu: StandInMenu | null): void {
    this.#menu = menu;
  }
  popUpContextMenu(menu?: StandInMenu): void {
    (menu ?? this.#menu)?.popup();
  }
  setIgnoreDoubleClickEvents(): void {}
  getBounds() {
    return { x: 0, y: 0, width: 24, height: 24 };
  }
  destroy(): void {
    shown.delete(this);
  }
  isDestroyed(): boolean {
    return !shown.has(this);
  }
  get menu(): StandInMenu {
    if (this.#menu === null) throw new Error('The tray has no menu.');
    return this.#menu;
  }
  click(): void {
    this.emit('click', createEvent({}), this.getBounds(), { x: 12, y: 12 });
  }
  drop(paths: readonly string[]): void {
    this.emit('drop', createEvent({}));
    this.emit('drop-files', createEvent({}), [...paths]);
  }
  look(): NonNullable<Sight['tray']> {
    return {
      toolTip: this.#toolTip,
      title: this.#title,
      hasImage: !this.#image.isEmpty(),
      menu: this.#menu?.show() ?? null,
    };
  }
}

/** Throws where there is none. */
export function theTray(): StandInTray {
  const [tray] = shown;
  if (tray === undefined) throw new Error('There is no icon in the tray.');
  return tray;
}

export const lookAtTray = (): Sight['tray'] => [...shown][0]?.look() ?? null;
