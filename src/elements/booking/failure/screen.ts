import { enDetails } from '../../../locales/en/details.ts';
import type { SetupMessages } from '../../../locales/index.ts';
import { failureNotice, staleNotice } from '../error-texts.ts';
import { renderNotice } from '../notices.ts';
import { OpenslotNotice, type Notice } from '../openslot-notice.ts';
import type { Screen, View } from '../screen.ts';

/** Stands in the place of what can't be shown. Its notices stand above times and details that may be old. */
export const screen: Screen<'details'> = {
  elements: { 'openslot-notice': OpenslotNotice },
  texts: { details: enDetails },
  render({ failure, state, selection: { display }, host }, texts) {
    const error = failure ?? state?.error;
    if (!error) throw new Error('The failure is shown without an error.');
    const notice = failureNotice(error, texts.details, host.provider);
    const actions = [{ label: display.messages.tryAgain, request: 'openslot-retry' }] as const;
    return renderNotice(notice.kind === 'error' ? { ...notice, actions } : notice, { className: 'alone' });
  },
  notices: (view, { details }) => [...staleTimes(view), ...unknownService(view, details.setup)],
};

function staleTimes(view: View): readonly Notice[] {
  return view.flow.step === 'done' ? [] : staleNotice(view, view.selection.display.messages);
}

/** For the owner of the page: the attribute `service` names none of the provider's services. */
function unknownService({ state, flow, selection }: View, { noService }: SetupMessages): readonly Notice[] {
  const { unknownService: name } = selection;
  if (!state || !name || flow.booked) return [];
  const known = state.services.map(({ slug }) => slug);
  return [{ kind: 'setup', text: noService(name, known) }];
}
