/** What a window loads, for all hosts that have windows: the built screens, and pictures of jobs' files. */

export { type PictureRequest, pictureOfJob, pictureRequest } from './picture-of-job.ts';
export { rendererDirectory } from './renderer-directory.ts';
export { type ScreenFile, type ScreenFiles, screenFiles } from './screen-files.ts';
