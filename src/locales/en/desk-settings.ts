/** Texts of the panel that edits the booking rules. The browser loads them together with the panel. */
export const enSettings = {
  minNotice: 'Shortest notice',
  minNoticeHint: 'How long before a time patients can still book it.',
  window: 'Bookable ahead',
  windowHint: 'How many days ahead patients can book.',
  dailyLimit: 'Most appointments a day',
  dailyLimitHint: 'Empty for no limit. You can always book more yourself.',
  changeNotice: 'Changes until',
  changeNoticeHint: 'How long before an appointment patients can move or cancel it. Empty: until it begins.',
  changePolicy: 'Your words about changes',
  changePolicyHint: (most: number) => `Patients read them before and after they book. At most ${most} characters.`,
  minutes: 'minutes',
  days: 'days',
  services: 'Services',
  duration: 'Duration',
  bufferBefore: 'Free before',
  bufferAfter: 'Free after',
  offered: 'Offered to patients',
  numberWrong: (from: number, to: number) => `Please enter a whole number from ${from} to ${to}.`,
};

export type SettingsTexts = typeof enSettings;
