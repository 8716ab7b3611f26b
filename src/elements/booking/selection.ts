import type { CalendarState } from '../../core/calendar/types.ts';
import type { Service } from '../../core/wire.ts';
import { viewerZone } from '../../core/time/time-zones.ts';
import type { Attributes } from './attributes.ts';
import { hourCycleFrom, weekdayFrom } from '../shared/attributes.ts';
import { Display } from '../shared/display.ts';
import type { OwnMessages } from '../../locales/index.ts';
import type { LanguageController } from '../shared/language-controller.ts';
import { createOffer, findService, type Offer, sameClock } from './offer.ts';

/** What the page says by attributes and properties. */
interface Choices extends Attributes {
  readonly service: string;
  readonly messages: OwnMessages;
}

/** What the patient looks at: a service, a day, a month, a zone; and the offer of times with these. */
export class Selection {
  /** Writes days and times for the patient. */
  display = new Display();
  /** Null while nothing has come. */
  offer: Offer | null = null;
  /** The value of the attribute `service`, when there is no such service. */
  unknownService: string | null = null;
  /** The zone that the footer offers instead. */
  otherZone: string | null = null;
  /** The page fixes the zone that times are shown in. */
  isFixed = false;
  /** What the patient chose; it counts before the attribute of that name. While an appointment is moved: its service. */
  service: string | Service | null = null;
  zone: string | null = null;
  view: string | null = null;
  /** Day and month stay once they are shown, even if all their times go, until the patient chooses others. */
  day: string | null = null;
  month: string | null = null;

  readonly #offerOf = createOffer();
  #written = '';
  #own: OwnMessages | null = null;

  /** Forgets what the patient chose: with another provider it has no meaning. */
  forget(): void {
    this.service = this.day = this.month = this.offer = null;
  }

  /**
   * Applies the present attributes, language and calendar state.
   * @param theirs the provider's zone
   * @param now epoch ms by the server's clock
   * @param moving ISO instant at which the appointment begins that is shown, and may be moved
   */
  update(
    attributes: Choices,
    language: LanguageController,
    state: CalendarState | null,
    theirs: string,
    now: number,
    moving: string | null,
  ): void {
    const preset = { viewer: viewerZone(), provider: theirs }[attributes.timeZone] ?? attributes.timeZone;
    const zone = this.zone ?? preset;
    this.#write(attributes, language, zone);
    this.unknownService =
      state?.provider && attributes.service && !findService(state.services, attributes.service)
        ? attributes.service
        : null;
    // A link that a clinic sends may name the service: `?openslot-service=vaccination`.
    const service =
      this.service ?? (attributes.service || new URLSearchParams(location.search).get('openslot-service') || '');
    this.offer = state && this.#offerOf(state, { zone, service, day: this.day, month: this.month, moving }, now);
    if (!this.offer) return;
    this.day = this.offer.day;
    this.month = this.offer.month;
    const other = zone === theirs ? viewerZone() : theirs;
    this.isFixed = attributes.timeZone !== 'viewer';
    this.otherZone = !this.isFixed && !sameClock(this.offer, zone, other) ? other : null;
  }

  #write(attributes: Choices, { lang, messages }: LanguageController, zone: string): void {
    const { hourCycle, firstDayOfWeek, messages: own } = attributes;
    const written = JSON.stringify([lang, messages.lang, zone, hourCycle, firstDayOfWeek]);
    if (written === this.#written && own === this.#own) return;
    this.#written = written;
    this.#own = own;
    this.display = new Display({
      lang,
      messages: { ...messages, ...own },
      zone,
      hourCycle: hourCycleFrom(hourCycle),
      firstDay: weekdayFrom(firstDayOfWeek),
    });
  }
}
