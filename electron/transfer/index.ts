export { readFileVersion } from './file-version.ts';
export { type HashResult, hashFile } from './hash-file.ts';
export { createHttp, type Http, type HttpOptions } from './http.ts';
export { defaultTimeouts, type Timeouts } from './timeouts.ts';
