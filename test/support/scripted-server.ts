/** A real HTTP server that follows a script: the requests must come in its order, and no other may come. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly json: unknown;
}

export interface ScriptedAnswer {
  readonly status?: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The answer waits for this. */
  readonly after?: Promise<unknown>;
}

/** `"POST /assets"`, and what is answered. */
export type ScriptStep = readonly [string, ScriptedAnswer | ((received: Received) => ScriptedAnswer)];

export interface ScriptedServer {
  readonly origin: string;
  readonly received: readonly Received[];
  /** Adds steps to the end of the script. */
  expect(...steps: readonly ScriptStep[]): void;
  /** Closes, and throws for every request that was not in the script and every step that never came. */
  finish(): Promise<void>;
}

export async function startScriptedServer(): Promise<ScriptedServer> {
  const script: ScriptStep[] = [];
  const received: Received[] = [];
  const problems: string[] = [];

  const server = createServer(async (request, response) => {
    const seen = await read(request);
    received.push(seen);
    const line = `${seen.method} ${seen.path}`;
    const step = script.shift();
    if (step === undefined || step[0] !== line) {
      problems.push(`"${line}" came instead of ${step === undefined ? 'nothing' : `"${step[0]}"`}`);
      response.writeHead(418).end();
      return;
    }
    const answer = typeof step[1] === 'function' ? step[1](seen) : step[1];
    await answer.after;
    const isJson = answer.json !== undefined;
    response.writeHead(answer.status ?? 200, {
      ...(isJson ? { 'Content-Type': 'application/json' } : {}),
      ...answer.headers,
    });
    response.end(isJson ? JSON.stringify(answer.json) : (answer.text ?? ''));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    origin: `http://127.0.0.1:${port}`,
    received,
    expect: (...steps) => {
      script.push(...steps);
    },
    async finish() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      problems.push(...script.map(([line]) => `"${line}" never came`));
      if (problems.length > 0) throw new Error(`The script was left: ${problems.join('; ')}`);
    },
  };
}

async function read(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: request.headers,
    text,
    json: text === '' ? undefined : JSON.parse(text),
  };
}
