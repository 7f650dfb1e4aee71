/** Every sentence that `hoist serve` says beside those of `hoist run`. */

export const openThis = (address: string): string =>
  `Open this address, it works once: ${address}\nA browser that has opened it stays known for a month.`;
export const freshAddress = (address: string): string =>
  `A window asked to come in. Its address was used already; this is a fresh one: ${address}`;
export const portTaken = (wanted: number, port: number): string =>
  `Port ${wanted} is taken; this time it is ${port}. Windows that are open on ${wanted} have to be opened anew.`;
export const notBuilt =
  'The screens are not built: the address shows nothing yet. npm start builds them; the queue runs without.';
export const badPort = (text: string): string => `--port ${text}: use a number from 0 to 65535.`;
