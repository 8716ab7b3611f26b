/** What `<openslot-desk>` shows to signed-in staff: a provider's calendar, and the open panel over it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { DeskTexts } from '../../locales/index.ts';
import { type LoadedPanels, renderPanel } from './panels.ts';
import type { DeskView } from './panels/panel.ts';
import type { DeskSessionController } from './session-controller.ts';
import { renderNotice, renderSkeleton, renderStrip } from './views.ts';
import type { OpenslotDeskAgenda } from './agenda/openslot-desk-agenda.ts';

export interface CalendarView extends DeskView {
  readonly panels: LoadedPanels;
  /** The desk shows a week; otherwise it shows one day. */
  readonly isWeek: boolean;
  readonly startsFor: OpenslotDeskAgenda['startsFor'];
}

export function renderCalendar(view: CalendarView): TemplateResult {
  const { display, messages, desk, session, layout, isWeek } = view;
  const { state, provider, now } = desk;
  const { toast } = desk.actions;
  const shown = state?.provider ?? provider;
  return html`
    <openslot-desk-header
      part="header"
      class="row"
      .display=${display}
      .messages=${messages}
      .provider=${shown}
      .providers=${session.desk?.providers ?? []}
      .days=${layout.days.map(({ day }) => day)}
      .now=${now}
      .viewers=${state?.viewers ?? null}
      .viewersCapped=${state?.viewersCapped ?? false}
      .connection=${state?.connection ?? 'connecting'}
    ></openslot-desk-header>
    ${renderNotice(desk, view)} ${isWeek ? nothing : renderStrip(desk, view)}
    <div class="columns">
      ${
        state?.status === 'ready'
          ? html`<openslot-desk-agenda
              part="agenda"
              .display=${display}
              .messages=${messages}
              .layout=${layout}
              .news=${state.news}
              .busy=${state.busy}
              .now=${now}
              .slotMinutes=${shown?.slot_minutes ?? 30}
              .startsFor=${view.startsFor}
            ></openslot-desk-agenda>`
          : renderSkeleton(messages)
      }
      <openslot-desk-side
        part="side"
        class="side"
        .display=${display}
        .messages=${messages}
        .news=${state?.news ?? []}
        .hours=${state?.hours ?? null}
        .now=${now}
      ></openslot-desk-side>
    </div>
    <openslot-desk-toast
      part="toast"
      ?shown=${toast !== null}
      .messages=${messages}
      .toast=${toast}
    ></openslot-desk-toast>
    ${renderPanel(view, view.panels)}
    ${
      session.state.status === 'ended'
        ? html`<openslot-desk-dialog firm .messages=${messages} .heading=${messages.signInAgain}
            >${renderSignin(session, messages)}</openslot-desk-dialog
          >`
        : nothing
    }
  `;
}

export function renderSignin(session: DeskSessionController, messages: DeskTexts): TemplateResult {
  return html`<openslot-desk-signin
    part="signin"
    class="alone"
    .messages=${messages}
    .way=${session.way}
    .email=${session.email || (session.state.email ?? '')}
    ?invited=${session.invitation !== null}
    ?again=${session.state.status === 'ended'}
    .problem=${session.refusal ? messages.errors[session.refusal.code] : ''}
    .busy=${session.busy}
  ></openslot-desk-signin>`;
}
