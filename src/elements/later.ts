/** The elements that the first paint does without, by tag. Imported on demand only. */
export { OpenslotConfirmation as 'openslot-confirmation' } from './openslot-confirmation.ts';
export { OpenslotForm as 'openslot-form' } from './openslot-form.ts';
export { OpenslotHold as 'openslot-hold' } from './openslot-hold.ts';
