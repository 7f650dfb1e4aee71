/** Small pictures of files, for all hosts: made off the main thread, within limits, and kept. */

export type { ThumbnailSize } from './messages.ts';
export { createThumbnails, type Thumbnails, type ThumbnailsOptions } from './thumbnails.ts';
