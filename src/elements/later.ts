/**
 * All that the first paint does without: what comes after a time was chosen, and what is said when something goes
 * wrong. Imported on demand only.
 */
import { OpenslotConfirmation } from './openslot-confirmation.ts';
import { OpenslotForm } from './openslot-form.ts';
import { OpenslotHold } from './openslot-hold.ts';
import { OpenslotNotice } from './openslot-notice.ts';

export { BookingFlow } from './booking-flow.ts';
export { renderFailure, renderStep, stepNotices } from './booking-steps.ts';
export { enSteps } from '../locales/en-steps.ts';
export { FocusKeeper } from './focus-keeper.ts';
export { prefillFrom } from './prefill.ts';
export { stepRequests } from './step-requests.ts';

/** By tag; whoever imports this registers them. */
export const elements = {
  'openslot-confirmation': OpenslotConfirmation,
  'openslot-form': OpenslotForm,
  'openslot-hold': OpenslotHold,
  'openslot-notice': OpenslotNotice,
};
