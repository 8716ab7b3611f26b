import type { ChannelHandlers, LiveConnection, Unsubscribe } from './types.ts';

/**
 * A live connection whose code is loaded as a chunk of its own, while the first slots are on their way. Channels that are
 * opened before it is loaded are joined afterwards. If loading fails they are closed, and the next channel loads it again.
 */
export function lazyConnection(load: () => Promise<LiveConnection>): LiveConnection {
  let loading: Promise<LiveConnection> | null = null;

  function loaded(): Promise<LiveConnection> {
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  }

  const whenReady = (handlers: ChannelHandlers, join: (live: LiveConnection) => Unsubscribe): Unsubscribe =>
    whenLoaded(loaded(), join, (error) => handlers.status('closed', error));

  loaded().catch(() => undefined);
  return {
    slots: (providerId, handlers, source) => whenReady(handlers, (live) => live.slots(providerId, handlers, source)),
    signals: (topic, handlers) => whenReady(handlers, (live) => live.signals(topic, handlers)),
    viewers(providerId, handlers) {
      let track = (): Promise<void> => Promise.resolve();
      const leave = whenReady(handlers, (live) => {
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

/** Starts something once it is loaded. The returned function stops it, or keeps it from starting. */
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
