/** What `<openslot-desk>` opens over the agenda. */
import { html, nothing, type TemplateResult } from 'lit';
import type { DeskAppointment, DeskService } from '../../../core/desk/types.ts';
import type { DeskController, Language, Panel } from '../controller.ts';
import type { Cell, Layout } from '../agenda/layout.ts';
import { ask } from '../requests.ts';
import { type DeskStart, startsOn } from './starts.ts';
import type { DeskSessionController } from '../session-controller.ts';

export interface PanelView extends Language {
  readonly desk: DeskController;
  readonly session: DeskSessionController;
  readonly layout: Layout;
  readonly anchor: DOMRect | null;
}

/** When a service fits on the day that is looked at. */
export function startsFor(
  { state, now }: DeskController,
  day: string,
  service: DeskService | undefined,
  moving: DeskAppointment | null = null,
): readonly DeskStart[] {
  if (!state?.provider || !service) return [];
  return startsOn({ day, provider: state.provider, service, slots: state.slots, now: now(), moving });
}

export function renderPanel(view: PanelView): TemplateResult | typeof nothing {
  const { panel } = view.desk;
  if (!panel) return nothing;
  const content = contentOf(panel, view);
  if (!content) return nothing;
  const { heading, body, anchored = false, wide = false } = content;
  return html`
    <openslot-desk-dialog
      .messages=${view.messages}
      .heading=${heading}
      .anchor=${anchored ? view.anchor : null}
      .wide=${wide}
    >
      ${body}
    </openslot-desk-dialog>
  `;
}

interface Content {
  readonly heading: string;
  readonly body: TemplateResult;
  readonly anchored?: boolean;
  readonly wide?: boolean;
}

function contentOf(panel: Panel, view: PanelView): Content | null {
  const { messages } = view;
  switch (panel.kind) {
    case 'menu':
      return { heading: messages.menu, body: menu(view), anchored: true };
    case 'range':
      return range(panel, view);
    case 'book':
      return { heading: messages.bookTitle, body: booking(panel.start, view) };
    case 'appointment':
    case 'cancel':
    case 'move':
      return appointment(panel, view);
    case 'hours':
      return { heading: messages.hoursTitle, body: hours(view), wide: true };
    case 'settings':
      return { heading: messages.settingsTitle, body: settings(view), wide: true };
    case 'team':
      return { heading: messages.teamTitle, body: team(view), wide: true };
  }
}

function menu({ messages, session, desk }: PanelView): TemplateResult {
  const open = (panel: 'hours' | 'settings' | 'team') => (event: Event) =>
    event.target && ask(event.target, 'openslot-desk-panel', { panel });
  const signOut = ({ target }: Event) => target && ask(target, 'openslot-desk-sign', { do: 'out' });
  const owns = session.desk?.tenants.some(({ id, role }) => role === 'owner' && id === desk.provider?.tenant_id);
  return html`
    <div class="menu">
      <button @click=${open('hours')}>${messages.hoursTitle}</button>
      <button @click=${open('settings')}>${messages.settingsTitle}</button>
      ${owns ? html`<button @click=${open('team')}>${messages.teamTitle}</button>` : nothing}
      <button @click=${signOut}>${messages.signOut}</button>
      <p class="muted">${messages.signedInAs(session.state.email ?? '')}</p>
    </div>
  `;
}

function range({ from, to }: { from: string; to: string }, { display, messages, layout }: PanelView): Content | null {
  const column = layout.days.find(({ day }) => day === display.dayOf(from));
  const onwards = (column?.items ?? []).filter(({ from: minute }) => minute >= 0);
  const start = Date.parse(from);
  const following: Cell[] = [];
  for (const item of onwards) {
    if (item.kind === 'cell' && Date.parse(item.start) >= start && !item.past) following.push(item);
  }
  const cells = following.filter((cell) => Date.parse(cell.start) < Date.parse(to));
  const day = display.dayAt(from, 'short');
  return {
    heading: messages.slotName(day, display.timeRange(from, cells.at(-1)?.end ?? to), '').replace(/, $/, ''),
    anchored: true,
    body: html`<openslot-desk-slots
      .display=${display}
      .messages=${messages}
      .cells=${cells}
      .following=${following}
    ></openslot-desk-slots>`,
  };
}

function booking(start: string, { desk, display, messages }: PanelView): TemplateResult {
  return html`<openslot-desk-booking
    .display=${display}
    .messages=${messages}
    .services=${desk.services}
    .day=${desk.day}
    .start=${start}
    .startsFor=${(service: DeskService) => startsFor(desk, desk.day, service)}
    .problem=${desk.problem ? desk.sentence(desk.problem) : ''}
    .busy=${desk.busy}
  ></openslot-desk-booking>`;
}

function appointment(panel: Extract<Panel, { id: string }>, { desk, display, messages }: PanelView): Content | null {
  const found = desk.appointment(panel.id);
  if (!found) return null;
  const { name } = found.patient;
  const service = desk.state?.services.find(({ id }) => id === found.service_id);
  const mode = panel.kind === 'appointment' ? 'view' : panel.kind;
  const start = panel.kind === 'move' ? (panel.start ?? '') : '';
  return {
    heading: { view: name, move: messages.moveTitle(name), cancel: messages.cancelTitle(name) }[mode],
    anchored: panel.kind !== 'move',
    body: html`<openslot-desk-appointment
      .display=${display}
      .messages=${messages}
      .appointment=${found}
      .mode=${mode}
      .day=${desk.day}
      .start=${start}
      .message=${'message' in panel ? (panel.message ?? '') : ''}
      .starts=${mode === 'move' ? startsFor(desk, desk.day, service, found) : []}
      .problem=${desk.problem ? desk.sentence(desk.problem) : ''}
      .now=${desk.now}
    ></openslot-desk-appointment>`,
  };
}

function hours({ desk, display, messages }: PanelView): TemplateResult {
  return html`<openslot-desk-hours
    .display=${display}
    .messages=${messages}
    .current=${desk.state?.hours ?? null}
    .preview=${desk.preview}
    .today=${display.dayOf(desk.now())}
    .problem=${desk.problem ? desk.sentence(desk.problem) : ''}
    .busy=${desk.busy}
  ></openslot-desk-hours>`;
}

function settings({ desk, messages }: PanelView): TemplateResult {
  return html`<openslot-desk-settings
    .messages=${messages}
    .provider=${desk.state?.provider ?? null}
    .services=${desk.state?.services ?? []}
    .problem=${desk.problem ? desk.sentence(desk.problem) : ''}
    .busy=${desk.busy}
  ></openslot-desk-settings>`;
}

function team({ desk, session, display, messages }: PanelView): TemplateResult {
  const tenant = desk.provider?.tenant_id;
  return html`<openslot-desk-team
    .display=${display}
    .messages=${messages}
    .team=${desk.team.members}
    .providers=${(session.desk?.providers ?? []).filter(({ tenant_id }) => tenant_id === tenant)}
    .me=${session.desk?.user.id ?? ''}
    .problem=${desk.problem ? desk.sentence(desk.problem) : ''}
    .done=${desk.team.done}
    .busy=${desk.busy}
  ></openslot-desk-team>`;
}
