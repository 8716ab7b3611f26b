import { systemClock } from '../../src/core/time/clock.ts';
import { withoutPolling } from '../../test/support/without-polling.ts';

/**
 * The clock of a story's client. Where stories run as tests, clients don't poll: what these show of others' acts was sent to
 * them. Somebody who looks at a story may wait for a poll.
 */
export const clientClock = '__vitest_browser__' in globalThis ? withoutPolling(systemClock) : systemClock;
