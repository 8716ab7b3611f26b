/**
 * What comes once there is an appointment, booked a moment ago or opened by its link: how it stands from then on, and what
 * can be done about it. Imported on demand only.
 */
import { OpenslotManage } from './appointment/openslot-manage.ts';
import { OpenslotMove } from './appointment/openslot-move.ts';

export { AppointmentFollower } from './appointment/follower.ts';
export {
  isSettled,
  movingNotice,
  notFoundNotice,
  refusalNotice,
  renderManage,
  renderMove,
  standingOf,
  textsOf,
} from './appointment/views.ts';

/** By tag; whoever imports this registers them. */
export const elements = {
  'openslot-manage': OpenslotManage,
  'openslot-move': OpenslotMove,
};
