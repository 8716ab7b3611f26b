/** `<openslot-notifications>` as a story renders it: an inbox in memory, on a Sunday evening, and what was told before. */
import { html, nothing, type TemplateResult } from 'lit';
import '../../src/define-notifications.ts';
import { systemClock } from '../../src/core/time/clock.ts';
import { createInbox } from '../../src/core/inbox/client.ts';
import type { Inbox, InboxNotification } from '../../src/core/inbox/types.ts';
import { type InboxFaults, MemoryInbox, type MemoryInboxBackend } from '../../test/support/memory/memory-inbox.ts';
import { clientClock } from './client-clock.ts';
import { NOW } from './stage.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export interface InboxStage {
  readonly database: MemoryInbox;
  readonly backend: MemoryInboxBackend;
  readonly inbox: Inbox;
}

export interface InboxSetting {
  readonly audience?: 'patient' | 'member';
  readonly faults?: Partial<InboxFaults>;
  /** Nobody is signed in. */
  readonly signedOut?: boolean;
  /** What was told before, oldest first; a day at a clinic without. */
  readonly told?: readonly Partial<InboxNotification>[];
}

function ago(ms: number): string {
  return new Date(NOW - ms).toISOString();
}

const TUESDAY = '2026-11-24';

const aDay: readonly Partial<InboxNotification>[] = [
  {
    patient_name: 'Sara Holm',
    service_name: 'First visit',
    start: `${TUESDAY}T09:00:00Z`,
    created_at: ago(30 * HOUR),
    read: true,
  },
  {
    patient_name: 'Kim Ahl',
    kind: 'cancelled',
    message: 'I’m well again, thank you!',
    start: '2026-11-26T09:00:00Z',
    created_at: ago(26 * HOUR),
    read: true,
  },
  {
    patient_name: 'Omar Said',
    kind: 'rescheduled',
    by: 'provider',
    service_name: 'First visit',
    message: 'Dr. Lindqvist is at a training on Thursday.',
    start: '2026-11-25T13:00:00Z',
    previous_start: '2026-11-26T10:00:00Z',
    created_at: ago(5 * HOUR),
    read: true,
  },
  {
    patient_name: 'Maja Lind',
    service_name: 'Vaccination',
    start: '2026-11-25T10:00:00Z',
    created_at: ago(22 * MINUTE),
  },
  {
    patient_name: 'Jonas Ek',
    kind: 'rescheduled',
    start: `${TUESDAY}T10:40:00Z`,
    previous_start: `${TUESDAY}T12:20:00Z`,
    created_at: ago(10_000),
  },
];

const aPatientsDay: readonly Partial<InboxNotification>[] = [
  { by: 'patient', start: `${TUESDAY}T12:20:00Z`, created_at: ago(50 * HOUR), read: true },
  {
    kind: 'rescheduled',
    by: 'provider',
    message: 'We are sorry, Dr. Lindqvist is in surgery until one.',
    start: `${TUESDAY}T13:40:00Z`,
    previous_start: `${TUESDAY}T12:20:00Z`,
    created_at: ago(3 * HOUR),
  },
  { kind: 'reminder', by: null, start: `${TUESDAY}T13:40:00Z`, created_at: ago(8 * MINUTE) },
];

function build({ audience = 'member', faults, signedOut, told }: InboxSetting): InboxStage {
  const shift = NOW - Date.now();
  const clock = { ...systemClock, now: () => Date.now() + shift };
  const database = new MemoryInbox({ clock, audience });
  for (const one of told ?? (audience === 'member' ? aDay : aPatientsDay)) database.tell(one, { silently: true });
  const backend = database.backend(faults);
  if (signedOut) backend.signIn(null);
  return { database, backend, inbox: createInbox({ backend }, { clock: clientClock }) };
}

const stages = new WeakMap<AbortSignal, InboxStage>();

interface Mount {
  readonly abortSignal: AbortSignal;
}

/** The stage of a story that is being or has been rendered: controls change the element, not the stage. */
export function inboxStage({ abortSignal }: Mount, setting: InboxSetting = {}): InboxStage {
  const stage = stages.get(abortSignal) ?? build(setting);
  stages.set(abortSignal, stage);
  return stage;
}

export interface InboxArgs {
  readonly 'time-zone'?: string;
  readonly 'hour-cycle'?: string;
  readonly toasts?: string;
  readonly selectable?: boolean;
  readonly lang?: string;
  readonly dir?: string;
  readonly token?: string;
}

export function renderInbox(args: InboxArgs, { inbox, backend }: InboxStage): TemplateResult {
  return html`
    <openslot-notifications
      .client=${inbox}
      token=${backend.audience === 'patient' ? 'token' : nothing}
      lang=${args.lang || nothing}
      dir=${args.dir || nothing}
      time-zone=${args['time-zone'] || 'Europe/Stockholm'}
      hour-cycle=${args['hour-cycle'] || nothing}
      toasts=${args.toasts || 'on'}
      ?selectable=${args.selectable ?? false}
    ></openslot-notifications>
  `;
}
