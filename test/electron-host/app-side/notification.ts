import type { Notification, NotificationConstructorOptions } from 'electron';
import type { ShownNotification } from '../messages.ts';
import { createEvent } from './event.ts';
import { StrictEmitter } from './strict.ts';
import { machine } from './surroundings.ts';

type NotificationMembers = Pick<Notification, 'body' | 'close' | 'show' | 'silent' | 'title'>;

const shown: StandInNotification[] = [];

export class StandInNotification extends StrictEmitter implements NotificationMembers {
  title: string;
  body: string;
  silent: boolean;
  readonly options: NotificationConstructorOptions;
  #isOpen = false;

  constructor(options: NotificationConstructorOptions = {}) {
    super('Notification');
    this.options = options;
    this.title = options.title ?? '';
    this.body = options.body ?? '';
    this.silent = options.silent ?? false;
  }
  static isSupported(): boolean {
    return machine.hasNotifications;
  }
  show(): void {
    if (!shown.includes(this)) shown.push(this);
    this.#isOpen = true;
    this.emit('show', createEvent({}));
  }
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.emit('close', createEvent({ reason: 'applicationHidden' }));
  }
  click(): void {
    this.emit('click', createEvent({}));
    this.close();
  }
  act(index: number): void {
    this.emit('action', createEvent({ actionIndex: index, selectionIndex: -1 }), index, -1);
    this.close();
  }
  look(id: number): ShownNotification {
    return {
      id,
      title: this.title,
      body: this.body,
      isSilent: this.silent,
      actions: (this.options.actions ?? []).map(({ text }) => text ?? ''),
      isOpen: this.#isOpen,
      urgency: this.options.urgency ?? null,
    };
  }
}

/** All that were shown, the first one first. */
export const lookAtNotifications = (): readonly ShownNotification[] =>
  shown.map((notification, id) => notification.look(id));

export function theNotification(id: number): StandInNotification {
  const notification = shown[id];
  if (notification === undefined) throw new Error(`No notification ${id} was shown.`);
  return notification;
}
