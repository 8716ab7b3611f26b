/** What other people do while somebody looks at a story, by its controls. */
import { MIRA } from '../../test/support/memory/memory-backend.ts';
import type { Stage } from './stage.ts';

export interface Elsewhere {
  /** Each flip books one more. */
  readonly 'another patient books now'?: boolean;
  readonly 'others who look'?: number;
}

export const elsewhere = {
  'another patient books now': {
    control: { type: 'boolean' },
    description: 'Flip it, and somebody takes a time of the first day.',
    table: { category: 'Elsewhere' },
  },
  'others who look': {
    control: { type: 'number', min: 0, max: 5_000 },
    description: 'Viewers of the same provider.',
    table: { category: 'Elsewhere' },
  },
} as const;

/** By stage, what has happened on it. */
const happened = new WeakMap<Stage, Elsewhere>();

/** Lets happen what the controls were changed to. */
export function letHappen(args: Elsewhere, stage: Stage): void {
  const before = happened.get(stage) ?? {};
  happened.set(stage, args);
  const books = args['another patient books now'] ?? false;
  if (books !== (before['another patient books now'] ?? false)) anotherPatientBooks(stage);
  const viewers = args['others who look'];
  if (viewers !== undefined && viewers !== before['others who look']) stage.project.setViewers(MIRA.id, viewers);
}

/** Books the time in the middle of the first day. */
export function anotherPatientBooks({ project: { database } }: Stage): void {
  const { slots } = database.calendar({ provider: MIRA.id });
  const open = slots.filter(({ status }) => status === 'open');
  const free = open.filter(({ start }) => start.startsWith(open[0]!.start.slice(0, 10)));
  const start = free[Math.floor(free.length / 2)]?.start;
  if (!start) return;
  const patient = { name: 'Somebody else', email: 'else@example.com' };
  database.book({ provider: MIRA.id, service: 'consultation', start, patient, request_id: crypto.randomUUID() });
}
