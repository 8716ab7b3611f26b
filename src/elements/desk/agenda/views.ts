/** The contents of a day in the agenda: runs of times, single times to choose, appointments, and the dragged one. */
import { html, nothing } from 'lit';
import type { News } from '../../../core/desk/types.ts';
import type { DeskTexts } from '../../../locales/en/desk.ts';
import type { DeskDisplay } from '../display.ts';
import type { Drag } from './drag.ts';
import type { Cursor } from './grid.ts';
import type { Cell, Event, Item, Run } from './layout.ts';
import { place } from './place.ts';

/** An appointment has a ring for this long after it changed. */
const RECENT_MS = 120_000;

export interface AgendaView {
  readonly display: DeskDisplay;
  readonly messages: DeskTexts;
  readonly news: readonly News[];
  /** Ids of appointments whose change the server has not answered yet. */
  readonly busy: ReadonlySet<string>;
  readonly slotMinutes: number;
  /** Epoch ms by the server's clock. */
  readonly now: () => number;
  /** The item that the Tab key reaches. */
  readonly stop: Cursor | null;
  readonly drag: Drag | null;
}

export function renderRun({ messages, now }: AgendaView, { status, from, until, heldUntil, past }: Run) {
  const label =
    status === 'held'
      ? html`<openslot-desk-countdown
          .until=${heldUntil ?? ''}
          .now=${now}
          .say=${messages.held}
        ></openslot-desk-countdown>`
      : messages[status];
  return html`<div part="run ${status}" class="run ${status} ${past ? 'past' : ''}" ${place({ at: from, end: until })}>
    ${past && status === 'open' ? nothing : html`<span>${label}</span>`}
  </div>`;
}

export function renderCell({ display, messages, stop }: AgendaView, day: string, cell: Cell, isSelected: boolean) {
  const time = display.timeRange(cell.start, cell.end);
  const what = { ...messages, held: messages.heldBy }[cell.past ? 'past' : cell.status];
  return html`
    <button
      role="gridcell"
      class="cell ${cell.status} ${cell.past ? 'past' : ''}"
      data-key=${cell.key}
      data-day=${day}
      tabindex=${isStop(stop, day, cell) ? 0 : -1}
      aria-selected=${isSelected ? 'true' : 'false'}
      aria-label=${messages.slotName(display.day(day, 'long'), time, what)}
      ${place({ at: cell.from, end: cell.until })}
    ></button>
  `;
}

export function renderAppointment(view: AgendaView, day: string, event: Event) {
  const { display, messages, busy, drag, stop } = view;
  const { id, status, patient, service_name: service, start, end, outside_hours: isOutside } = event.appointment;
  const isSaving = busy.has(id);
  const recent = latestNews(view, id);
  const what = [
    status === 'completed' ? messages.completed : '',
    status === 'no_show' ? messages.noShow : '',
    isOutside ? messages.outsideHours : '',
    recent?.kind === 'rescheduled' && recent.previous_start
      ? messages.movedFrom(movedFrom(display, recent.previous_start, start))
      : '',
    recent?.kind === 'booked' ? messages.justBooked : '',
    isSaving ? messages.saving : '',
  ].filter(Boolean);
  // Stands beside the name here and in the accessible name.
  const shown = what[0] ?? service;
  const part = ['appointment', status, recent && 'recent'].filter(Boolean).join(' ');
  const rows = (event.until - event.from) / view.slotMinutes;
  const lines = rows >= 3 ? 'roomy' : rows >= 2 ? 'tall' : 'short';
  const isDragged = drag?.appointment?.id === id;
  return html`
    ${
      event.busyFrom < event.from || event.busyUntil > event.until
        ? html`<div class="buffer" aria-hidden="true" ${place({ at: event.busyFrom, end: event.busyUntil })}></div>`
        : nothing
    }
    <button
      role="gridcell"
      part=${part}
      class="${part} ${lines} ${isOutside ? 'outside' : ''} ${isDragged ? 'dragged' : ''} ${isSaving ? 'saving' : ''}"
      data-key=${event.key}
      data-day=${day}
      data-appointment=${id}
      tabindex=${isStop(stop, day, event) ? 0 : -1}
      aria-label=${messages.eventName(
        display.dayAt(start, 'long'),
        display.timeRange(start, end),
        patient.name,
        [shown, ...(what.length > 0 ? [service] : []), ...what.slice(1)].join(', '),
      )}
      ${place({ at: event.from, end: event.until })}
    >
      <strong>${patient.name}</strong>
      <span>${shown}</span>
    </button>
  `;
}

export function renderGhost({ display, messages }: AgendaView, { target, appointment }: Drag) {
  if (!target || !appointment) return nothing;
  const { from, until, start } = target;
  return html`<div class="ghost ${start ? '' : 'impossible'}" aria-hidden="true" ${place({ at: from, end: until })}>
    <strong>${start ? display.time(start) : messages.cantMoveHere}</strong>
    <span>${appointment.patient.name}</span>
  </div>`;
}

function latestNews({ news, now }: AgendaView, id: string): News | undefined {
  return news.find((entry) => entry.appointment_id === id && now() - Date.parse(entry.created_at) < RECENT_MS);
}

function movedFrom(display: DeskDisplay, previous: string, start: string): string {
  return display.dayOf(previous) === display.dayOf(start) ? display.time(previous) : display.when(previous, 'short');
}

function isStop(stop: Cursor | null, day: string, { key }: Item): boolean {
  return stop?.day === day && stop.key === key;
}
