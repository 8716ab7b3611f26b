import { html } from 'lit';
import type { OpenPanel } from '../requests.ts';
import { startsFor } from '../starts.ts';
import { OpenslotDeskAppointment } from './openslot-desk-appointment.ts';
import { type Panel, problemOf } from './panel.ts';

/** An appointment, and the forms that move and cancel it. */
export const appointment: Panel<Extract<OpenPanel, { id: string }>> = {
  elements: { 'openslot-desk-appointment': OpenslotDeskAppointment },
  render({ desk, display, messages }, open) {
    const found = desk.appointment(open.id);
    if (!found) return null;
    const { name } = found.patient;
    const service = desk.state?.services.find(({ id }) => id === found.service_id);
    const mode = open.kind === 'appointment' ? 'view' : open.kind;
    return {
      heading: { view: name, move: messages.moveTitle(name), cancel: messages.cancelTitle(name) }[mode],
      anchored: mode !== 'move',
      body: html`<openslot-desk-appointment
        .display=${display}
        .messages=${messages}
        .appointment=${found}
        .mode=${mode}
        .day=${desk.day}
        .start=${open.kind === 'move' ? (open.start ?? '') : ''}
        .message=${'message' in open ? (open.message ?? '') : ''}
        .starts=${mode === 'move' ? startsFor(desk, desk.day, service, found) : []}
        .problem=${problemOf(desk)}
        .now=${desk.now}
      ></openslot-desk-appointment>`,
    };
  },
};
