import type { CalendarState } from '../../core/calendar/types.ts';
import type { Service } from '../../core/wire.ts';
import { viewerZone } from '../../core/time/time-zones.ts';
import type { Attributes } from './attributes.ts';
import { hourCycleFrom, weekdayFrom } from '../shared/attributes.ts';
import { Display } from '../shared/display.ts';
import type { OwnMessages } from '../../locales/index.ts';
import type { LanguageController } from '../shared/language-controller.ts';
import { createPicture, findService, type Picture, sameClock } from './offer.ts';

/** What the page decides. */
interface Choices extends Attributes {
  readonly service: string;
  readonly messages: OwnMessages;
}

/** What the patient looks at: a service, a day, a month, a zone; and what there is to choose from with these. */
export class Selection {
  /** How it is written. */
  display = new Display();
  /** What there is; null while nothing has come. */
  picture: Picture | null = null;
  /** What the attribute `service` asks for, when there is no such service. */
  unknownService: string | null = null;
  /** The zone that times can be shown in instead. */
  otherZone: string | null = null;
  /** The page says in which zone times are shown. */
  isFixed = false;
  /** Chosen by the patient, before the attribute of that name. The service of an appointment that is moved. */
  service: string | Service | null = null;
  zone: string | null = null;
  view: string | null = null;
  /** Once shown, day and month stay until others are chosen, whatever becomes of their times. */
  day: string | null = null;
  month: string | null = null;

  readonly #pictureOf = createPicture();
  #written = '';
  #own: OwnMessages | null = null;

  /** Another provider: nothing that was chosen means anything any more. */
  forget(): void {
    this.service = this.day = this.month = this.picture = null;
  }

  /**
   * Takes what the attributes, the page and the calendar now say.
   * @param theirs the provider's zone
   * @param now epoch ms by the server's clock
   */
  update(
    attributes: Choices,
    language: LanguageController,
    state: CalendarState | null,
    theirs: string,
    now: number,
  ): void {
    const asked = { viewer: viewerZone(), provider: theirs }[attributes.timeZone] ?? attributes.timeZone;
    const zone = this.zone ?? asked;
    this.#write(attributes, language, zone);
    this.unknownService =
      state?.provider && attributes.service && !findService(state.services, attributes.service)
        ? attributes.service
        : null;
    // As a link that a clinic sends: `?openslot-service=vaccination`.
    const service =
      this.service ?? (attributes.service || new URLSearchParams(location.search).get('openslot-service') || '');
    this.picture = state && this.#pictureOf(state, { zone, service, day: this.day, month: this.month }, now);
    if (!this.picture) return;
    this.day = this.picture.day;
    this.month = this.picture.month;
    const other = zone === theirs ? viewerZone() : theirs;
    this.isFixed = attributes.timeZone !== 'viewer';
    this.otherZone = !this.isFixed && !sameClock(this.picture, zone, other) ? other : null;
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
