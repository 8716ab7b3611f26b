/** What staff do at the desk: each call to the server, and what the desk shows while it runs and when it has ended. */
import type { Desk } from '../../core/desk/state.ts';
import type { OpenslotError } from '../../core/errors.ts';
import type { DeskAppointment, SetHoursResult } from '../../core/desk/types.ts';
import type { Toast } from './agenda/openslot-desk-toast.ts';
import type { Language } from './language.ts';
import type { DeskRequests, OpenPanel } from './requests.ts';

/** What the latest action did, or why it failed. `undo` is null if it can't be undone. */
interface Outcome extends Toast {
  readonly undo: (() => Promise<unknown>) | null;
}

/** What the actions need of the desk that they run at. */
export interface ActionsHost {
  readonly desk: Desk | null;
  readonly panel: OpenPanel | null;
  appointment(id: string): DeskAppointment | undefined;
  /** Opens a panel in place of the one that is open; null closes it. */
  open(panel: OpenPanel | null): void;
  /** Shows the week that an appointment is in by now. */
  followAppointment(appointment: DeskAppointment): Promise<void>;
  /** Reports an error to the page, and checks whether the session has ended. */
  fail(error: unknown): Promise<OpenslotError>;
  requestUpdate(): void;
}

export class DeskActions {
  /** Why the latest action of the open panel failed. */
  problem: OpenslotError | null = null;
  /** An action of the open panel is running. */
  busy = false;
  toast: Outcome | null = null;
  /** What the draft of the hours would change. */
  preview: SetHoursResult | null = null;

  readonly #host: ActionsHost;
  readonly #language: () => Language;

  constructor(host: ActionsHost, language: () => Language) {
    this.#host = host;
    this.#language = language;
  }

  /** Forgets what belongs to the panel that was open. */
  clear(): void {
    this.problem = this.preview = null;
  }

  dismiss(): void {
    this.toast = null;
    this.#host.requestUpdate();
  }

  async setSlots({ from, to, status }: DeskRequests['openslot-desk-set-slots']): Promise<void> {
    const { messages } = this.#language();
    this.#host.open(null);
    await this.#withToast(async (desk) => {
      const { changed, kept, held } = await desk.setSlots(from, to, status);
      const names = kept.map(({ patient }) => patient.name).join(', ');
      const text = [
        changed === 0 ? messages.nothingChanged : '',
        changed > 0 ? (status === 'blocked' ? messages.blockedToast : messages.openedToast)(changed) : '',
        status === 'blocked' && names ? messages.keptToast(names) : '',
        status === 'blocked' && held > 0 ? messages.heldToast(held) : '',
      ];
      const back = status === 'blocked' ? 'open' : 'blocked';
      const undo = changed > 0 ? () => desk.setSlots(from, to, back) : null;
      this.#say(text.filter(Boolean).join(' '), undo);
    });
  }

  async book({ service, start, patient }: DeskRequests['openslot-desk-book']): Promise<void> {
    const { messages, display } = this.#language();
    await this.#closing(async (desk) => {
      const booked = await desk.book({ service, start, patient });
      this.#say(messages.bookedToast(booked.patient.name, display.when(booked.start, 'short')));
    });
  }

  async move({ id, start, message }: DeskRequests['openslot-desk-move']): Promise<void> {
    const { messages, display } = this.#language();
    await this.#withAppointment(id, { kind: 'move', id, start, message }, async (desk, appointment) => {
      const moved = await desk.reschedule(appointment, start, message);
      this.#say(messages.movedToast(moved.patient.name, display.when(moved.start, 'short')));
    });
  }

  async cancel({ id, message }: DeskRequests['openslot-desk-cancel']): Promise<void> {
    const { messages } = this.#language();
    await this.#withAppointment(id, { kind: 'cancel', id, message }, async (desk, appointment) => {
      await desk.cancel(appointment, message);
      this.#say(messages.cancelledToast(appointment.patient.name));
    });
  }

  async mark({ id, status }: DeskRequests['openslot-desk-mark']): Promise<void> {
    const { messages } = this.#language();
    await this.#withAppointment(id, { kind: 'appointment', id }, async (desk, appointment) => {
      const before = appointment.status;
      const marked = await desk.mark(appointment, status);
      const undo = before === 'cancelled' ? null : () => desk.mark(marked, before);
      this.#say(messages.markedToast(marked.patient.name, messages.status[marked.status]), undo);
    });
  }

  async previewHours({ hours, version }: DeskRequests['openslot-desk-preview-hours']): Promise<void> {
    await this.inPanel(async (desk) => {
      this.preview = await desk.previewHours(hours, version);
    });
  }

  async saveHours({ hours, version }: DeskRequests['openslot-desk-save-hours']): Promise<void> {
    const { messages } = this.#language();
    await this.#closing(async (desk) => {
      await desk.saveHours(hours, version);
      this.#say(messages.savedToast);
    });
  }

  async saveSettings({ provider, services }: DeskRequests['openslot-desk-save-settings']): Promise<void> {
    const { messages } = this.#language();
    await this.#closing(async (desk) => {
      if (provider) await desk.saveProvider(provider);
      for (const service of services) await desk.saveService(service);
      this.#say(messages.savedToast);
    });
  }

  async undo(): Promise<void> {
    const { messages } = this.#language();
    const undo = this.toast?.undo;
    this.dismiss();
    if (!undo) return;
    await this.#withToast(async () => {
      await undo();
      this.#say(messages.undone);
    });
  }

  /** Says why an action failed. If a colleague changed the appointment, the sentence says what it is now. */
  sentence(error: OpenslotError): string {
    const { messages, display } = this.#language();
    const { panel } = this.#host;
    const appointment =
      error.code === 'appointment_changed' && panel && 'id' in panel ? this.#host.appointment(panel.id) : null;
    const now = appointment
      ? ` ${messages.isNow(display.when(appointment.start, 'short'), messages.status[appointment.status])}`
      : '';
    return messages.errors[error.code] + now;
  }

  /** Runs the work while the open panel is busy. The panel stays open, and shows the reason if the work fails. */
  async inPanel(work: (desk: Desk) => Promise<void>): Promise<void> {
    const { desk } = this.#host;
    if (!desk || this.busy) return;
    this.busy = true;
    this.problem = null;
    this.#host.requestUpdate();
    try {
      await work(desk);
    } catch (error) {
      this.problem = await this.#host.fail(error);
    } finally {
      this.busy = false;
      this.#host.requestUpdate();
    }
  }

  /** As `inPanel`, but closes the panel when the work has succeeded. If it fails, what was typed there is still there. */
  async #closing(work: (desk: Desk) => Promise<void>): Promise<void> {
    const { panel } = this.#host;
    await this.inPanel(async (desk) => {
      await work(desk);
      if (this.#host.panel === panel) this.#host.open(null);
    });
  }

  /**
   * Closes the panel before the server answers, as the agenda already shows the expected result.
   * @param back the panel that opens again with the reason if the server refuses
   */
  async #withAppointment(
    id: string,
    back: OpenPanel,
    work: (desk: Desk, appointment: DeskAppointment) => Promise<void>,
  ): Promise<void> {
    const { desk } = this.#host;
    const appointment = this.#host.appointment(id);
    if (!desk || !appointment) return;
    this.#host.open(null);
    try {
      await work(desk, appointment);
    } catch (error) {
      const failure = await this.#host.fail(error);
      const isChanged = failure.code === 'appointment_changed';
      if (isChanged) await this.#host.followAppointment(appointment);
      this.#host.open(isChanged ? { kind: 'appointment', id } : back);
      this.problem = failure;
    }
    this.#host.requestUpdate();
  }

  /** Runs work that no panel waits for. A toast says why it failed. */
  async #withToast(work: (desk: Desk) => Promise<void>): Promise<void> {
    const { desk } = this.#host;
    if (!desk) return;
    try {
      await work(desk);
    } catch (error) {
      const { messages } = this.#language();
      const why = this.sentence(await this.#host.fail(error));
      this.toast = { text: messages.failedToast(messages.couldNot, why), kind: 'failed', undoable: false, undo: null };
    }
    this.#host.requestUpdate();
  }

  #say(text: string, undo: Outcome['undo'] = null): void {
    this.toast = { text, kind: 'done', undoable: undo !== null, undo };
  }
}
