import { phoneFrom } from './phone.ts';
import type { Draft } from '../requests.ts';

/** What the page says about the patient by its attributes. */
interface Known {
  readonly patientName: string;
  readonly patientEmail: string;
  readonly patientPhone: string;
  readonly phonePrefix: string;
}

/** What the form shows at first: the attributes, else the page's address: `?openslot-name=…&openslot-email=…`. */
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
