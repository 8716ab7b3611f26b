import { phoneFrom } from './phone.ts';
import type { Draft } from '../requests.ts';

/** What a page knows of whoever books, by its attributes. */
interface Known {
  readonly patientName: string;
  readonly patientEmail: string;
  readonly patientPhone: string;
  readonly phonePrefix: string;
}

/** What the form begins with: what the page says, else what its address does: `?openslot-name=…&openslot-email=…`. */
export function prefillFrom({ patientName, patientEmail, patientPhone, phonePrefix }: Known): Draft {
  const query = new URLSearchParams(location.search);
  const from = (field: keyof Draft) => query.get(`openslot-${field}`) ?? '';
  return {
    name: patientName || from('name'),
    email: patientEmail || from('email'),
    phone: phoneFrom(patientPhone || from('phone'), phonePrefix),
    note: from('note'),
  };
}
