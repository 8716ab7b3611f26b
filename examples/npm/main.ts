import 'openslot/define';
import { isOpenslotError } from 'openslot';

const log = document.querySelector('output');

document.addEventListener('openslot-booking-confirmed', ({ detail }) => {
  if (log) log.textContent = `Booked: ${detail.appointment.service.name}, ${detail.appointment.start}`;
});
document.addEventListener('openslot-error', ({ detail }) => {
  if (log && isOpenslotError(detail.error)) log.textContent = `Error: ${detail.error.code}`;
});
