/** Watch folders: finds files, waits until they are written, and offers them to the queue. */
export { builtInIgnore } from './built-in-ignore.ts';
export { createWatcher, type WatcherOptions } from './watcher.ts';
