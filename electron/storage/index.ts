/** The durable side of the queue. */
export { type DirectoryLock, lockDirectory } from './directory-lock.ts';
export { type JournalOptions, type OpenedJournal, openJournal } from './open-journal.ts';
