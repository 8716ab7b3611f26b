/** Pages of web calendars that open with an appointment filled in. Nothing in them opens or changes the appointment here. */
import type { Appointment } from '../../../core/wire.ts';
import { basicTime, type CalendarTexts } from './ics.ts';

export function googleCalendarLink({ start, end }: Appointment, { title, location }: CalendarTexts): string {
  return link('https://calendar.google.com/calendar/render', {
    action: 'TEMPLATE',
    text: title,
    dates: `${basicTime(Date.parse(start))}/${basicTime(Date.parse(end))}`,
    location,
  });
}

export function outlookLink({ start, end }: Appointment, { title, location }: CalendarTexts): string {
  return link('https://outlook.live.com/calendar/0/deeplink/compose', {
    path: '/calendar/action/compose',
    rru: 'addevent',
    subject: title,
    startdt: start,
    enddt: end,
    location,
  });
}

function link(page: string, query: Record<string, string>): string {
  // Not URLSearchParams: Outlook would show the plus signs that it writes for blanks.
  return `${page}?${Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')}`;
}
