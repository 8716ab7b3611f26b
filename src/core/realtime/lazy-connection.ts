import type { ChannelHandlers, LiveConnection, Unsubscribe } from './types.ts';

/**
 * A live connection whose code comes later, in a chunk of its own, while the first slots are on their way. What is asked
 * of it before it is there happens once it is. A failure to load closes the channels that wait for it; a channel asked
 * for after that loads anew.
 */
export function connectLater(load: () => Promise<LiveConnection>): LiveConnection {
  let loading: Promise<LiveConnection> | null = null;

  function loaded(): Promise<LiveConnection> {
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  }

  const later = (handlers: ChannelHandlers, join: (live: LiveConnection) => Unsubscribe): Unsubscribe =>
    whenLoaded(loaded(), join, (error) => handlers.status('closed', error));

  loaded().catch(() => undefined);
  return {
    slots: (providerId, handlers, source) => later(handlers, (live) => live.slots(providerId, handlers, source)),
    signals: (topic, handlers) => later(handlers, (live) => live.signals(topic, handlers)),
    viewers(providerId, handlers) {
      let track = (): Promise<void> => Promise.resolve();
      const leave = later(handlers, (live) => {
        const channel = live.viewers(providerId, handlers);
        ({ track } = channel);
        return channel.leave;
      });
      return { leave, track: () => track() };
    },
    prove: async (timeoutMs) => (await loaded()).prove(timeoutMs),
    close() {
      loading?.then(
        (live) => live.close(),
        () => undefined,
      );
    },
  };
}

/** Starts something once it is there. What is returned ends it, or keeps it from starting. */
export function whenLoaded<T>(
  loading: Promise<T>,
  start: (loaded: T) => Unsubscribe,
  failed?: (error: unknown) => void,
): Unsubscribe {
  let stopped = false;
  let stop: Unsubscribe = () => undefined;
  loading.then(
    (loaded) => {
      if (!stopped) stop = start(loaded);
    },
    (error: unknown) => {
      if (!stopped) failed?.(error);
    },
  );
  return () => {
    stopped = true;
    stop();
  };
}
