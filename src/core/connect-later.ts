import type { ChannelHandlers, LiveConnection, Unsubscribe } from './backend.ts';

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

  function later(handlers: ChannelHandlers, join: (live: LiveConnection) => Unsubscribe): Unsubscribe {
    let stopped = false;
    let leave: Unsubscribe = () => undefined;
    loaded().then(
      (live) => {
        if (!stopped) leave = join(live);
      },
      (error: unknown) => {
        if (!stopped) handlers.status('closed', error);
      },
    );
    return () => {
      stopped = true;
      leave();
    };
  }

  loaded().catch(() => undefined);
  return {
    slots: (providerId, handlers, source) => later(handlers, (live) => live.slots(providerId, handlers, source)),
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
