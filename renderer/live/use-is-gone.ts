import { useLive } from './window-context.tsx';

/** Whether the engine is gone: what the window shows is from before, and nothing can be done until it is back. */
export const useIsGone = (): boolean => useLive((live) => live.connection !== 'connected');
