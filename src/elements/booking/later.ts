/**
 * All that the first paint does without: what comes after a time was chosen, and what is said when something goes
 * wrong. Imported on demand only.
 */
import { OpenslotConfirmation } from './appointment/openslot-confirmation.ts';
import { OpenslotForm } from './details/openslot-form.ts';
import { OpenslotHold } from './details/openslot-hold.ts';
import { OpenslotNotice } from './openslot-notice.ts';

export { BookingFlow } from './flow.ts';
export { renderFailure, renderStep, stepNotices } from './details/screen.ts';
export { enSteps } from '../../locales/en/details.ts';
export { FocusKeeper } from '../shared/focus-keeper.ts';
export { prefillFrom } from './details/prefill.ts';
export { stepRequests } from './step-requests.ts';

/** By tag; whoever imports this registers them. */
export const elements = {
  'openslot-confirmation': OpenslotConfirmation,
  'openslot-form': OpenslotForm,
  'openslot-hold': OpenslotHold,
  'openslot-notice': OpenslotNotice,
};
