import { manageLink, type Delivery } from '../delivery.ts';
import { factsOf, wordsOf } from '../email/letter.ts';
import { Writing } from '../writing.ts';

/**
 * The content that the page's service worker shows. It is small and holds only what the recipient's e-mail says, too. The
 * content is encrypted, so the push service can't read it.
 */
export interface PushMessage {
  readonly title: string;
  readonly body: string;
  /** The page that opens when the recipient taps the message. */
  readonly url: string | null;
  /** The appointment's id: the browser replaces an earlier message that has the same tag. */
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
