/** `<openslot-desk>` as a story renders it: a clinic in memory, on Tuesday, 24 November 2026, a quarter to one. */
import { html, nothing, type TemplateResult } from 'lit';
import '../../src/define-desk.ts';
import type { Meta, StoryContext } from '@storybook/web-components-vite';
import { createDeskClient, type DeskClient } from '../../src/core/desk/client.ts';
import { systemClock } from '../../src/core/time/clock.ts';
import { DESK_NOW, northside, OWNER } from '../../test/support/memory/desk-seed.ts';
import type { MemoryDesk } from '../../test/support/memory/memory-desk.ts';
import {
  MemorySession,
  memoryStaff,
  type MemoryStaff,
  type StaffFaults,
} from '../../test/support/memory/memory-staff.ts';
import { clientClock } from './client-clock.ts';

export interface DeskStage {
  readonly desk: MemoryDesk;
  readonly session: MemorySession;
  readonly backend: MemoryStaff;
  readonly client: DeskClient;
}

export interface DeskSetting {
  /** Who is signed in; nobody when null. */
  readonly as?: string | null;
  readonly faults?: Partial<StaffFaults>;
  /** What patients are called, by their usual names. */
  readonly rename?: (name: string) => string;
  /** What happened before anybody looks. */
  readonly before?: (desk: MemoryDesk) => void;
}

export interface DeskArgs {
  readonly provider?: string;
  readonly view?: string;
  readonly 'hour-cycle'?: string;
  readonly 'first-day-of-week'?: string;
  readonly lang?: string;
}

function build({ as = OWNER, faults, rename, before }: DeskSetting): DeskStage {
  const shift = DESK_NOW - Date.now();
  const clock = { ...systemClock, now: () => Date.now() + shift };
  const desk = northside(clock, rename ? { rename } : {});
  before?.(desk);
  const session = new MemorySession(as);
  const backend = memoryStaff(desk, session, clock, faults);
  return {
    desk,
    session,
    backend,
    client: createDeskClient({ backend, session }, { clock: { ...clientClock, now: clock.now } }),
  };
}

/** By the signal that a mounted story keeps until it is mounted anew. */
const stages = new WeakMap<AbortSignal, DeskStage>();

/** The stage of a story that has been rendered. */
export function deskStageOf({ abortSignal }: { readonly abortSignal: AbortSignal }): DeskStage {
  const stage = stages.get(abortSignal);
  if (!stage) throw new Error('The story was not rendered with `atDesk`.');
  return stage;
}

/** Renders the desk of a clinic in that setting. */
export function atDesk(setting: DeskSetting = {}) {
  return (args: DeskArgs, { abortSignal }: StoryContext<DeskArgs>): TemplateResult => {
    const stage = stages.get(abortSignal) ?? build(setting);
    stages.set(abortSignal, stage);
    return html`
      <openslot-desk
        .client=${stage.client}
        lang=${args.lang || nothing}
        provider=${args.provider || nothing}
        view=${args.view || 'auto'}
        hour-cycle=${args['hour-cycle'] || nothing}
        first-day-of-week=${args['first-day-of-week'] || nothing}
      ></openslot-desk>
    `;
  };
}

const choice = (...options: string[]) => ({ control: { type: 'select' }, options }) as const;

/** What the stories of the desk have in common. */
export const deskMeta = {
  component: 'openslot-desk',
  args: { lang: 'en-GB' },
  argTypes: {
    provider: choice('', 'mira-lindqvist', 'amara-okafor'),
    view: choice('auto', 'week', 'day'),
    'hour-cycle': choice('', 'h12', 'h23'),
    'first-day-of-week': choice('', 'monday', 'saturday', 'sunday'),
    lang: { control: { type: 'text' } },
  },
  render: atDesk(),
} satisfies Partial<Meta<DeskArgs>>;
