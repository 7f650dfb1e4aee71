/** The frames of a page, as messages and navigations name them. */
import type { WebFrameMain } from 'electron';
import type { FrameFacts } from '../messages.ts';
import { strict } from './strict.ts';

export interface StandInFrame {
  readonly url: string;
  readonly origin: string;
  readonly parent: StandInFrame | null;
  readonly top: StandInFrame | null;
  readonly detached: boolean;
  readonly frameTreeNodeId: number;
  readonly processId: number;
  readonly routingId: number;
  readonly name: string;
  isDestroyed(): boolean;
}

/** A frame's origin as Chromium writes it: `URL` knows no origin of schemes of one's own. */
function originOf(url: string): string {
  const { protocol, host, origin } = new URL(url);
  return origin === 'null' && host !== '' ? `${protocol}//${host}` : origin;
}

/** `documentId` stands for the frame's routing id: both change with what is shown. */
export function createFrame(
  facts: FrameFacts,
  main: StandInFrame | null,
  isCurrent: () => boolean,
): StandInFrame {
  const frame: StandInFrame = strict('WebFrameMain', {
    url: facts.url,
    origin: originOf(facts.url),
    parent: facts.isMainFrame ? null : main,
    get top() {
      return facts.isMainFrame ? frame : main;
    },
    get detached() {
      return !isCurrent();
    },
    frameTreeNodeId: facts.isMainFrame ? 1 : 2,
    processId: 1,
    routingId: facts.documentId,
    name: '',
    isDestroyed: () => !isCurrent(),
  } satisfies { [K in keyof StandInFrame]: StandInFrame[K] } & Pick<
    WebFrameMain,
    'url' | 'origin' | 'detached' | 'frameTreeNodeId' | 'processId' | 'routingId' | 'name'
  >);
  return frame;
}
