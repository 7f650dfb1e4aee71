/** The durable side of the queue. */
export { type DirectoryLock, lockDirectory } from './directory-lock.ts';
export { makeDirectory } from './make-directory.ts';
export { type JournalOptions, type OpenedJournal, openJournal } from './open-journal.ts';
