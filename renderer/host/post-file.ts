/**
 * Sends a file as the body of a request and answers the JSON that comes back, whatever its status. `onSent` counts its
 * bytes on their way, which fetch tells nobody of. Rejects where the file could not be read, or nobody answered in JSON.
 */
export function postFile(url: string, file: File, onSent: (bytes: number) => void): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const request = new XMLHttpRequest();
  const failed = () => reject(new Error(`No answer from ${url.split('?', 1)[0]}`));
  request.open('POST', url);
  request.upload.addEventListener('progress', ({ loaded }) => onSent(Math.min(loaded, file.size)));
  for (const name of ['error', 'abort', 'timeout']) request.addEventListener(name, failed);
  request.addEventListener('load', () => {
    try {
      resolve(JSON.parse(request.responseText));
    } catch {
      failed();
    }
  });
  request.send(file);
  return promise;
}
