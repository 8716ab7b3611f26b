/** All texts of e-mails and push messages, by language. The caller passes times and names as finished text. */
import type { AppointmentKind, Party } from '../delivery.ts';

/** The facts that a message about an appointment names. */
export interface Facts {
  readonly clinic: string;
  readonly provider: string;
  readonly service: string;
  readonly patient: string;
  /** "Tue, Nov 24, 1:20 PM" */
  readonly when: string;
  /** Who booked, moved or cancelled; null for a reminder. */
  readonly by: Party | null;
}

export type Role = 'owner' | 'staff' | 'provider';

export interface Words {
  /** Holds all of the message in one line. */
  readonly subject: string;
  readonly heading: string;
  readonly intro: string;
}

export type WordsByKind = Readonly<Record<AppointmentKind, (facts: Facts) => Words>>;

export interface Messages {
  /** BCP 47, without a region. */
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  readonly patient: WordsByKind;
  readonly provider: WordsByKind;
  readonly invitation: (facts: { readonly clinic: string; readonly role: Role }) => Words;
  /** Titles of an event in a calendar. */
  readonly eventForPatient: (facts: Pick<Facts, 'service' | 'provider'>) => string;
  readonly eventForProvider: (facts: Pick<Facts, 'service' | 'patient'>) => string;
  /** Day, then time. */
  readonly dayAndTime: (day: string, time: string) => string;
  /** A time and the zone that it is given in. */
  readonly inZone: (time: string, zone: string) => string;
  readonly labels: {
    readonly when: string;
    readonly was: string;
    readonly service: string;
    readonly provider: string;
    readonly patient: string;
    readonly clinic: string;
  };
  readonly manage: string;
  readonly bookAgain: string;
  readonly openDesk: string;
  readonly acceptInvitation: string;
  readonly messageFrom: (name: string) => string;
  readonly why: {
    readonly patient: (clinic: string) => string;
    readonly provider: (clinic: string) => string;
    readonly member: (clinic: string) => string;
  };
}
