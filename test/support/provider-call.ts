/** What a provider's call needs, built for tests. */
import type { OutgoingFile, ProviderCall } from '#ports/provider.ts';
import { UploadError } from '#ports/upload-error.ts';
import { type Destination, destinationSchema } from '#shared/destination.ts';
import { createFetchApiClient } from './fetch-api-client.ts';

export interface TestCall {
  readonly call: ProviderCall;
  readonly notes: readonly string[];
}

export interface TestCallOptions {
  readonly credential?: string | null;
  readonly signal?: AbortSignal;
  readonly now?: () => number;
}

/** `draft` without id and name; its base URL is where the requests go. */
export function testCall(draft: Record<string, unknown>, options: TestCallOptions = {}): TestCall {
  const destination: Destination = destinationSchema.parse({ id: 'd1', name: 'test', ...draft });
  const notes: string[] = [];
  const { credential = 'test-key', signal = new AbortController().signal, now = Date.now } = options;
  return {
    call: {
      destination,
      api: createFetchApiClient({ baseUrl: destination.baseUrl, credential, now }),
      signal,
      now,
      note: (sentence) => {
        notes.push(sentence);
      },
    },
    notes,
  };
}

export function testFile(overrides: Partial<OutgoingFile> = {}): OutgoingFile {
  return {
    name: 'photo.png',
    path: '/pictures/photo.png',
    sizeBytes: 1234,
    mimeType: 'image/png',
    edge: null,
    ...overrides,
  };
}

/** The UploadError that a promise rejects with; anything else is a failed test. */
export async function uploadErrorOf(promise: Promise<unknown>): Promise<UploadError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof UploadError) return error;
    throw error;
  }
  throw new Error('It did not fail.');
}
