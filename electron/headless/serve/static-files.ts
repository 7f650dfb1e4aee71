/** The built screens as answers to a browser. */
import { type ScreenFile, screenFiles } from '#screens';
import { type Answer, notFound } from './answer.ts';
import { notBuilt } from './pages.ts';

export interface StaticFiles {
  page(): Promise<Answer>;
  /** `path` is what follows `/assets/`, as it came. */
  asset(path: string): Promise<Answer>;
}

export function staticFiles(directory: string): StaticFiles {
  const files = screenFiles(directory);
  return {
    page: async () => answerOf(await files.page()) ?? notBuilt,
    asset: async (path) => answerOf(await files.asset(path)) ?? notFound,
  };
}

const answerOf = (file: ScreenFile | null): Answer | null =>
  file === null
    ? null
    : {
        status: 200,
        headers: {
          'Content-Type': file.contentType,
          ...(file.isForGood ? { 'Cache-Control': 'private, max-age=31536000, immutable' } : {}),
        },
        body: file.body,
      };
