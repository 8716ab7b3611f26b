/** What `<openslot-desk>` does on each request of its inner elements. */
import type { Handlers } from '../shared/requests.ts';
import type { OpenslotDeskAgenda } from './agenda/openslot-desk-agenda.ts';
import type { DeskController } from './controller.ts';
import type { Language } from './language.ts';
import type { LoadedPanels } from './panels.ts';
import type { DeskRequestEvents, SignRequest } from './requests.ts';
import type { DeskSessionController } from './session-controller.ts';

/** What the handlers need of the desk's element. */
export interface HandlersHost {
  readonly desk: DeskController;
  readonly session: DeskSessionController;
  readonly panels: LoadedPanels;
  readonly language: () => Language;
  /** The days that are on the page, `YYYY-MM-DD`. */
  readonly shownDays: () => readonly string[];
  readonly agenda: () => OpenslotDeskAgenda | null;
  readonly menuButton: () => HTMLElement | null;
  /** Resolves when the page shows the present state. */
  readonly updated: () => Promise<unknown>;
}

export function requestHandlers(host: HandlersHost): Handlers<DeskRequestEvents> {
  const { desk, session } = host;
  const { actions } = desk;
  const dayOf = (start: string) => host.language().display.dayOf(start);
  return {
    'openslot-desk-turn': ({ detail }) => desk.turn(detail.by, host.shownDays().length),
    'openslot-desk-day': ({ detail }) => desk.go(detail.day),
    'openslot-desk-provider': ({ detail }) => {
      const chosen = session.desk?.providers.find(({ id }) => id === detail.provider);
      if (chosen) desk.show(chosen);
      desk.requestUpdate();
    },
    'openslot-desk-panel': ({ detail: { panel } }) => {
      if (panel === null) host.agenda()?.clearSelection();
      const anchor = panel === 'menu' ? (host.menuButton()?.getBoundingClientRect() ?? null) : undefined;
      desk.open(panel && { kind: panel }, anchor);
    },
    'openslot-desk-range': ({ detail }) => {
      // The dialog stays where it is while staff choose more or fewer times in it.
      const anchor = desk.panel?.kind === 'range' ? undefined : (host.agenda()?.anchor ?? null);
      desk.open({ kind: 'range', ...detail }, anchor);
    },
    'openslot-desk-appointment': ({ detail }) => void openAppointment(host, detail.id),
    'openslot-desk-set-slots': ({ detail }) => {
      host.agenda()?.clearSelection();
      void actions.setSlots(detail);
    },
    'openslot-desk-book-form': ({ detail: { start } }) => {
      host.agenda()?.clearSelection();
      desk.day = dayOf(start);
      desk.open({ kind: 'book', start });
    },
    'openslot-desk-book': ({ detail }) => void actions.book(detail),
    'openslot-desk-move-form': ({ detail: { id, start } }) => {
      const from = start ?? desk.appointment(id)?.start;
      if (from) desk.go(dayOf(from));
      desk.open({ kind: 'move', id, start });
    },
    'openslot-desk-move': ({ detail }) => void actions.move(detail),
    'openslot-desk-cancel-form': ({ detail: { id } }) => desk.open({ kind: 'cancel', id }),
    'openslot-desk-cancel': ({ detail }) => void actions.cancel(detail),
    'openslot-desk-mark': ({ detail }) => void actions.mark(detail),
    'openslot-desk-preview-hours': ({ detail }) => void actions.previewHours(detail),
    'openslot-desk-save-hours': ({ detail }) => void actions.saveHours(detail),
    'openslot-desk-save-settings': ({ detail }) => void actions.saveSettings(detail),
    'openslot-desk-team': ({ detail }) => void desk.team.run(detail),
    'openslot-desk-sign': ({ detail }) => void sign(host, detail),
    'openslot-desk-undo': () => void actions.undo(),
    'openslot-desk-dismiss': () => actions.dismiss(),
    'openslot-desk-retry': () => void retry(host),
  };
}

async function sign({ desk, session }: HandlersHost, request: SignRequest): Promise<void> {
  await session.sign(request);
  if (request.do === 'out') desk.open(null);
  else if (session.state.status === 'signed-in') await desk.desk?.refresh();
}

/** Opens an appointment beside its place in the agenda. One of another week, out of the news, opens in the middle. */
async function openAppointment({ desk, language, shownDays, agenda, updated }: HandlersHost, id: string) {
  const start = desk.appointment(id)?.start ?? desk.state?.news.find((entry) => entry.appointment_id === id)?.start;
  if (!start) return;
  const day = language().display.dayOf(start);
  const isShown = shownDays().includes(day);
  if (!isShown) desk.go(day);
  else desk.day = day;
  await updated();
  agenda()?.pointTo(day, id);
  desk.open({ kind: 'appointment', id }, isShown ? (agenda()?.anchor ?? null) : null);
}

async function retry({ desk, session, panels }: HandlersHost): Promise<void> {
  const lacksPanel = panels.failed.length > 0;
  await Promise.all([session.load(), desk.desk?.refresh(), panels.retry()]);
  // Some browsers remember that a script could not be loaded until the page is loaded again. Staff are still signed in then.
  const isReachable = desk.state?.status === 'ready' && desk.state.connection !== 'offline';
  if (lacksPanel && panels.failed.length > 0 && isReachable) location.reload();
}
