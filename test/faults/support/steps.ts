/** The events around a calendar, as plain data, so that a failing sequence can be printed, shrunk and replayed. */
import fc from 'fast-check';

const TABS = 3;

/** Tabs are numbered from 0. `at` is the index of a time among those that the tab shows. */
export type Step =
  | { readonly do: 'hold' | 'book' | 'book-held'; readonly tab: number; readonly at: number; readonly long: boolean }
  | { readonly do: 'release' | 'cancel' | 'clear'; readonly tab: number }
  | { readonly do: 'reschedule'; readonly tab: number; readonly at: number }
  | { readonly do: 'staff'; readonly edit: StaffEdit; readonly at: number; readonly count: number }
  | { readonly do: 'requests'; readonly tab: number; readonly fate: RequestFate; readonly count: number }
  | { readonly do: 'messages'; readonly tab: number; readonly fate: MessageFate; readonly count: number }
  | { readonly do: 'socket'; readonly tab: number; readonly fate: SocketFate }
  | {
      readonly do: 'offline' | 'online' | 'sleep' | 'wake' | 'hide' | 'look' | 'leave' | 'return';
      readonly tab: number;
    }
  /** A person sets the machine's clock. */
  | { readonly do: 'clock'; readonly tab: number; readonly ms: number }
  | { readonly do: 'wait'; readonly ms: number };

/** An event in one tab. */
export type TabStep = Extract<Step, { tab: number }>;

export type StaffEdit = 'block' | 'open' | 'day off' | 'settings';
/** The fate of the next requests. */
export type RequestFate = 'answer lost' | 'refused' | 'unavailable' | 'late' | 'limited' | 'nonsense';
/** The fate of the next messages. */
export type MessageFate = 'lost' | 'twice' | 'late';
/** Broken, with an automatic reconnect; silent without any notice; every channel closed by the server for good. */
export type SocketFate = 'cut' | 'silent' | 'channels closed';

const tab = fc.nat({ max: TABS - 1 });
const at = fc.nat({ max: 7 });
const count = fc.integer({ min: 1, max: 3 });
/** Fifteen in a row outlast all retries. */
const manyOrFew = fc.oneof({ weight: 3, arbitrary: count }, { weight: 1, arbitrary: fc.constant(15) });

function step<const T extends Step>(
  weight: number,
  parts: { [K in keyof T]: fc.Arbitrary<T[K]> },
): fc.WeightedArbitrary<Step> {
  return { weight, arbitrary: fc.record(parts, { noNullPrototype: true }) as unknown as fc.Arbitrary<Step> };
}

/** Ms by which a machine's clock is wrong. */
const wrongness = fc.integer({ min: -7_200_000, max: 7_200_000 });

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  step(30, { do: fc.constantFrom('hold', 'book', 'book-held'), tab, at, long: fc.boolean() }),
  step(12, { do: fc.constantFrom('release', 'cancel', 'clear'), tab }),
  step(8, { do: fc.constant('reschedule'), tab, at }),
  step(8, { do: fc.constant('staff'), edit: fc.constantFrom('block', 'open', 'day off', 'settings'), at, count }),
  step(8, {
    do: fc.constant('requests'),
    tab,
    fate: fc.constantFrom('answer lost', 'refused', 'unavailable', 'late', 'limited', 'nonsense'),
    count: manyOrFew,
  }),
  step(8, { do: fc.constant('messages'), tab, fate: fc.constantFrom('lost', 'twice', 'late'), count }),
  step(6, { do: fc.constant('socket'), tab, fate: fc.constantFrom('cut', 'silent', 'channels closed') }),
  step(8, { do: fc.constantFrom('offline', 'online', 'sleep', 'wake', 'hide', 'look', 'leave', 'return'), tab }),
  step(2, { do: fc.constant('clock'), tab, ms: wrongness }),
  step(25, {
    do: fc.constant('wait'),
    ms: fc.oneof(fc.nat({ max: 50 }), fc.nat({ max: 2_000 }), fc.nat({ max: 90_000 })),
  }),
);

export interface Scenario {
  /** The seed of the random choices in the code under test. */
  readonly seed: number;
  /** The realtime option of each tab. */
  readonly realtime: readonly ('broadcast' | 'postgres-changes' | 'off')[];
  /** Ms by which each tab's clock is wrong. */
  readonly skews: readonly number[];
  readonly steps: readonly Step[];
}

/** @param length the maximum number of steps */
export function scenarios(length: number): fc.Arbitrary<Scenario> {
  const realtime = fc.oneof(
    { weight: 6, arbitrary: fc.constant('broadcast' as const) },
    { weight: 2, arbitrary: fc.constant('postgres-changes' as const) },
    { weight: 1, arbitrary: fc.constant('off' as const) },
  );
  const skew = fc.oneof(fc.constant(0), wrongness);
  const scenario = {
    seed: fc.noShrink(fc.nat()),
    realtime: fc.array(realtime, { minLength: TABS, maxLength: TABS }),
    skews: fc.array(skew, { minLength: TABS, maxLength: TABS }),
    steps: fc.array(anyStep, { maxLength: length, size: 'max' }),
  };
  return fc.record(scenario, { noNullPrototype: true });
}
