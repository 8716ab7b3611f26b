/** E-mails in a browser, the closest that there is to a mail program. */
import { writeLetter } from '../../worker/email/letter.ts';
import { renderHtml } from '../../worker/email/page.ts';
import { LANGUAGES } from '../../worker/messages/index.ts';
import { makeDelivery, makeInvitation, makeNotice } from '../../worker/test/support/deliveries.ts';
import { audit } from './audit.ts';
import { expect, test } from './base.ts';

/** The kinds of e-mail that have every possible element. */
const KINDS = ['cancelled', 'rescheduled'] as const;

for (const { lang } of LANGUAGES) {
  for (const colorScheme of lang === 'en' ? (['light', 'dark'] as const) : (['light'] as const)) {
    test(`e-mails in ${lang}, ${colorScheme}, have no accessibility violations and fit a phone`, async ({
      openContext,
    }) => {
      const context = await openContext({ colorScheme, viewport: { width: 320, height: 700 } });
      const page = await context.newPage();
      const message = { message: 'I have a cold.\nSorry!', by: 'provider' as const };
      const deliveries = [
        ...KINDS.map((kind) => makeDelivery({ ...makeNotice(kind, 'patient', message), locale: lang })),
        makeDelivery({
          ...makeNotice('booked', 'provider'),
          locale: lang,
          appointment: { id: 'a', patient: { name: 'Wörterungetüm'.repeat(15), email: null } },
        }),
        makeInvitation({ locale: lang }),
      ];
      for (const delivery of deliveries) {
        await page.setContent(renderHtml(writeLetter(delivery)));
        // The mail program's own page has the landmarks.
        await audit(page, ['region', 'landmark-one-main']);
        const { scrollWidth } = await page.evaluate(() => ({ scrollWidth: document.documentElement.scrollWidth }));
        expect(scrollWidth).toBeLessThanOrEqual(320);
      }
    });
  }
}
