/** Files that come without a path (from a browser, pasted): brought in whole, and taken away when nothing needs them. */

export { type Inbox, type InboxOptions, openInbox } from './open-inbox.ts';
export type { FileIdentity } from './place.ts';
export { type ReceiveOptions, receiveFile } from './receive-file.ts';
export type { InboxTidier } from './tidy-inbox.ts';
