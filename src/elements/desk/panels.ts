/** The panels of the desk, and when the browser loads them. No other file imports one. */
import { html, nothing, type TemplateResult } from 'lit';
import type { DeskMessages } from '../../locales/index.ts';
import type { LazyModules, LazyTable } from '../shared/lazy-modules.ts';
import { appointment } from './panels/appointment.ts';
import { booking } from './panels/booking.ts';
import { menu } from './panels/menu.ts';
import { type DeskView, frameOf, type Panel, type PanelContent, renderWaiting } from './panels/panel.ts';
import { range } from './panels/range.ts';
import type { MenuPanel, OpenPanel } from './requests.ts';
import { renderAlone } from './views.ts';

/** The panels of one desk, as far as the browser has loaded them. */
export type LoadedPanels = LazyModules<OpenPanel['kind'], Panel>;

/** By what is open. Staff seldom open the panels that the menu leads to, so each of them loads when it is first opened. */
export const PANELS: LazyTable<OpenPanel['kind'], Panel> & Readonly<Record<MenuPanel, () => Promise<Panel>>> = {
  menu,
  range,
  book: booking,
  appointment,
  cancel: appointment,
  move: appointment,
  hours: () => import('./panels/hours.ts').then(({ hours }) => hours),
  settings: () => import('./panels/settings.ts').then(({ settings }) => settings),
  team: () => import('./panels/team.ts').then(({ team }) => team),
};

export function renderPanel(view: DeskView, panels: LoadedPanels): TemplateResult | typeof nothing {
  const { panel: open, anchor } = view.desk;
  if (!open) return nothing;
  const panel = panels.get(open.kind);
  // A locale has the texts of all panels. The English ones come with each panel.
  const messages = { ...panel?.texts, ...view.messages } as DeskMessages;
  const content = panel ? panel.render({ ...view, messages }, open) : missing(open.kind as MenuPanel, view, panels);
  if (!content) return nothing;
  const { heading, body, anchored = false, wide = false } = content;
  return html`
    <openslot-desk-dialog
      .messages=${view.messages}
      .heading=${heading}
      .anchor=${anchored ? anchor : null}
      .wide=${wide}
    >
      ${body}
    </openslot-desk-dialog>
  `;
}

/** What the dialog shows until the browser has loaded the panel. */
function missing(kind: MenuPanel, { messages }: DeskView, { failed }: LoadedPanels): PanelContent {
  const body = failed.includes(kind)
    ? renderAlone(messages, { text: messages.errors.network, retry: true })
    : renderWaiting(messages);
  return { ...frameOf(kind, messages), body };
}
