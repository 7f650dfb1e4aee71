/** The transports of the contract: one engine, any number of clients, each with a session of its own. */

export {
  type ConnectOptions,
  connectEngine,
  EngineBusyError,
  type EngineConnection,
} from './connect-engine.ts';
export { connectSocket, NoEngineError, type SocketApi } from './connect-socket.ts';
export { dataDirectory, type ProcessPlace, startDirectory } from './data-directory.ts';
export type { BugReporter } from './dispatch.ts';
export {
  type KeepOptions,
  type KeptEngine,
  keepEngine,
  type StartingEngine,
  startEngine,
} from './keep-engine.ts';
export { localApi } from './local-api.ts';
export { type ElectronIpc, type ServeElectronOptions, serveElectron } from './serve-electron.ts';
export { type ServeOptions, type SocketServer, serveSocket } from './serve-socket.ts';
export { closeCodes, type OpenSession, serveWebSocket, type WebSocketService } from './serve-web-socket.ts';
export { createSession, type Session, type SessionOptions } from './session.ts';
export { type SocketPlace, socketPath } from './socket-path.ts';
