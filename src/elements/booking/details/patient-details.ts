/** Turns what stands in the fields into what the server receives. */
import type { Answers, PatientDetails, Service } from '../../../core/wire.ts';
import type { Draft } from '../requests.ts';

export function patientFrom(
  { name, email, phone, note }: Draft,
  { locale, zone }: { locale: string; zone: string },
  answers: Answers | null,
): PatientDetails {
  return {
    name: name.trim(),
    email: email.trim(),
    phone: phone.trim() || null,
    note: note.trim() || null,
    time_zone: zone,
    locale,
    ...(answers && { answers }),
  };
}

/** The answers to the questions of this service; null where it has none. */
export function answersTo({ questions = [] }: Service, answers: Answers): Answers | null {
  if (questions.length === 0) return null;
  const keys = new Set(questions.map(({ key }) => key));
  return Object.fromEntries(Object.entries(answers).filter(([key]) => keys.has(key)));
}
