/** What all panels have in common. A panel is what the desk shows in a dialog over the agenda. */
import { html, type TemplateResult } from 'lit';
import type { DeskMessages, DeskTexts } from '../../../locales/index.ts';
import type { LazyModule } from '../../shared/lazy-modules.ts';
import type { Layout } from '../agenda/layout.ts';
import type { DeskController } from '../controller.ts';
import type { Language } from '../language.ts';
import type { MenuPanel, OpenPanel } from '../requests.ts';
import type { DeskSessionController } from '../session-controller.ts';

export interface DeskView extends Language {
  readonly desk: DeskController;
  readonly session: DeskSessionController;
  readonly layout: Layout;
}

export interface PanelView extends DeskView {
  /** Those of the desk and of the panel. */
  readonly messages: DeskMessages;
}

export interface Panel<Open extends OpenPanel = OpenPanel> extends LazyModule {
  /** English texts that load with the panel. The desk shows them where the reader's language has none of its own. */
  readonly texts?: Partial<DeskMessages>;
  /** Returns null if what the panel is about is not there any more. */
  render(view: PanelView, open: Open): PanelContent | null;
}

export interface PanelContent {
  readonly heading: string;
  readonly body: TemplateResult;
  /** The dialog stands beside what the panel is about, where there is room. */
  readonly anchored?: boolean;
  readonly wide?: boolean;
}

/** The frame of a panel that the menu opens. The desk shows it already while the panel loads. */
export function frameOf(panel: MenuPanel, { hoursTitle, settingsTitle, teamTitle }: DeskTexts) {
  return { heading: { hours: hoursTitle, settings: settingsTitle, team: teamTitle }[panel], wide: true };
}

/** Why the latest action of the open panel failed, in a sentence; empty if it didn't fail. */
export function problemOf({ actions }: DeskController): string {
  return actions.problem ? actions.sentence(actions.problem) : '';
}

/** Stands in a panel until the browser has loaded it, or the server has answered. */
export function renderWaiting({ working }: DeskTexts): TemplateResult {
  return html`<p class="waiting" role="status">${working}</p>`;
}
