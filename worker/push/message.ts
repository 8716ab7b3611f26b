import { manageLink, type Delivery } from '../delivery.ts';
import { factsOf, wordsOf } from '../email/letter.ts';
import { Writing } from '../writing.ts';

/**
 * What a page's service worker shows: small, and with nothing but what this recipient is told by e-mail too. The push service
 * in between sees none of it.
 */
export interface PushMessage {
  readonly title: string;
  readonly body: string;
  /** What a tap opens. */
  readonly url: string | null;
  /** The appointment's id: a later message takes the place of an earlier one. */
  readonly tag: string;
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
}

/** @throws {MissingValueError} */
export function writePush(delivery: Delivery): PushMessage {
  const writing = new Writing(delivery);
  const facts = factsOf(delivery, writing);
  const isPatient = delivery.audience === 'patient';
  return {
    title: wordsOf(delivery, facts, writing).heading,
    body: `${writing.messages[isPatient ? 'eventForPatient' : 'eventForProvider'](facts)}\n${facts.when}`,
    url: isPatient ? manageLink(delivery) : delivery.tenant.desk_url,
    tag: delivery.appointment?.id ?? delivery.id,
    lang: writing.lang,
    dir: writing.messages.dir,
  };
}
