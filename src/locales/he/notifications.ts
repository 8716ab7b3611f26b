import type { InboxMessages } from '../types.ts';
import { plurals } from '../plurals.ts';

const count = plurals('he');

/** Names and examples may run from left to right; what stands around them keeps its place. */
function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}

const RETRY = 'נא לנסות שוב בעוד רגע.';

export const notifications: InboxMessages = {
  title: 'התראות',
  titleWithUnread: (unread) =>
    count(unread, {
      one: 'התראות, אחת שלא נקראה',
      two: 'התראות, שתיים שלא נקראו',
      other: 'התראות, # שלא נקראו',
    }),
  markAll: 'סימון הכול כנקרא',
  close: 'סגירה',
  loading: 'טוענים התראות',
  tryAgain: 'ניסיון נוסף',

  today: 'היום',
  yesterday: 'אתמול',
  justNow: 'ממש עכשיו',
  isNew: 'חדש:',
  message: (text) => `״${isolated(text)}״`,
  about: (service, provider) => `${isolated(service)} · ${isolated(provider)}`,
  somebody: 'מטופל/ת',
  toMember: {
    booked: (patient, when) => `תור חדש: ${isolated(patient)}, ${when}`,
    bookedByClinic: (patient, when) => `תור חדש מטעם המרפאה: ${isolated(patient)}, ${when}`,
    cancelled: (patient, when) => `ביטול תור: ${isolated(patient)}, ${when}`,
    cancelledByClinic: (patient, when) => `ביטול תור מטעם המרפאה: ${isolated(patient)}, ${when}`,
    moved: (patient, from, to) => `שינוי מועד: ${isolated(patient)}, ${to} במקום ${from}`,
    movedByClinic: (patient, from, to) => `שינוי מועד מטעם המרפאה: ${isolated(patient)}, ${to} במקום ${from}`,
    movedWithinDay: (patient, from, to, day) => `שינוי מועד: ${isolated(patient)}, ${day}, ${to} במקום ${from}`,
    movedWithinDayByClinic: (patient, from, to, day) =>
      `שינוי מועד מטעם המרפאה: ${isolated(patient)}, ${day}, ${to} במקום ${from}`,
    reminder: (patient, when) => `תור קרוב: ${isolated(patient)}, ${when}`,
  },
  toPatient: {
    booked: (_clinic, when) => `קבעת תור: ${when}`,
    bookedByClinic: (clinic, when) => `נקבע לך תור על ידי ${isolated(clinic)}: ${when}`,
    cancelled: (_clinic, when) => `ביטלת את התור: ${when}`,
    cancelledByClinic: (clinic, when) => `התור שלך בוטל על ידי ${isolated(clinic)}: ${when}`,
    moved: (_clinic, from, to) => `שינית את מועד התור: ${to} במקום ${from}`,
    movedByClinic: (clinic, from, to) => `מועד התור שלך שונה על ידי ${isolated(clinic)}: ${to} במקום ${from}`,
    movedWithinDay: (_clinic, from, to, day) => `שינית את מועד התור: ${day}, ${to} במקום ${from}`,
    movedWithinDayByClinic: (clinic, from, to, day) =>
      `מועד התור שלך שונה על ידי ${isolated(clinic)}: ${day}, ${to} במקום ${from}`,
    reminder: (_clinic, when) => `תזכורת לתור שלך: ${when}`,
  },

  empty: 'אין עדיין התראות',
  emptyForMember: 'כל קביעה, שינוי או ביטול של תור יופיעו כאן מעצמם.',
  emptyForPatient: 'אם המרפאה תשנה את התור שלך, זה יופיע כאן מיד.',
  older: 'התראות ישנות יותר',
  loadingOlder: 'טוענים התראות ישנות יותר…',
  olderFailed: 'לא הצלחנו לטעון התראות ישנות יותר.',

  toasts: 'עדכונים אחרונים',
  dismiss: (what) => `הסתרה: ${what}`,
  summary: (number) => count(number, { one: 'התראה חדשה אחת', two: 'שתי התראות חדשות', other: '# התראות חדשות' }),
  show: 'הצגה',

  offline: 'אין חיבור לאינטרנט. מה שקורה בינתיים יופיע כאן כשהחיבור יחזור.',
  notLive: 'כרגע אין עדכון בזמן אמת, אלא כל כמה שניות.',
  signedOut: 'יש להתחבר כדי לראות מה חדש.',
  unknownToken: 'התור הזה לא נמצא. נא להשתמש בקישור שבאימייל האחרון שקיבלת.',
  tooMany: 'היו יותר מדי ניסיונות בבת אחת. נא להמתין רגע.',
  unreachable: 'אין קשר עם המרפאה. נא לבדוק את החיבור לאינטרנט ולנסות שוב.',
  unknown: `משהו השתבש. ${RETRY}`,

  push: {
    title: 'במכשיר הזה',
    states: {
      unsupported: 'הדפדפן הזה לא יכול להציג לך התראות כשהדף סגור.',
      install:
        'כדי לקבל התראות גם כשהדף סגור, יש להוסיף אותו למסך הבית: להקיש על ״שיתוף״, אחר כך על ״הוספה למסך הבית״, ולפתוח אותו משם.',
      off: 'אפשר לקבל כאן התראות גם כשהדף סגור.',
      asking: 'הדפדפן מבקש רשות: נא לאשר את ההתראות.',
      on: 'ההתראות יגיעו לכאן גם כשהדף סגור.',
      denied:
        'הדפדפן חוסם את ההתראות של הדף הזה. כדי לשנות זאת, יש לפתוח את ההגדרות שליד שורת הכתובת, לאשר התראות ולטעון את הדף מחדש.',
      failed: `זה לא עבד. ${RETRY}`,
    },
    turnOn: 'הפעלה',
    turnOff: 'כיבוי',
  },

  setup: {
    title: 'ההגדרה של ההתראות האלה עדיין לא הושלמה',
    missing: (attribute) => `המאפיין ״${isolated(attribute)}״ חסר.`,
    invalid: (attribute) => `הערך של המאפיין ״${isolated(attribute)}״ אינו תקין.`,
    invalidKey: `הפרויקט דוחה את המפתח שבמאפיין ״${isolated('supabase-key')}״.`,
    notInstalled: 'הפרויקט עונה, אבל Openslot לא מותקן בו במלואו. יש להריץ את המיגרציות האחרונות.',
  },
};
