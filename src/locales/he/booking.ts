import type {
  AppointmentMessages,
  DetailsMessages,
  InboxMessages,
  Messages,
  QuestionsMessages,
  WeekMessages,
  ZonesMessages,
} from '../types.ts';
import { plurals } from '../plurals.ts';

const count = plurals('he');

/** Names and examples may run from left to right; what stands around them keeps its place. */
function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}

function list(values: readonly string[]): string {
  return new Intl.ListFormat('he', { type: 'disjunction' }).format(values.map((value) => `״${isolated(value)}״`));
}

const NO_TIMES = 'אין מועדים פנויים';

const timesFree = (number: number) =>
  number > 0 ? count(number, { one: 'מועד פנוי אחד', two: 'שני מועדים פנויים', other: '# מועדים פנויים' }) : NO_TIMES;

const NO_CONNECTION = 'אין חיבור לאינטרנט.';
const NO_CLINIC = 'אין כרגע קשר עם המרפאה.';

export const messages: Messages = {
  lang: 'he',

  widget: (provider) => `קביעת תור אצל ${isolated(provider)}`,
  loading: 'טוענים את המועדים הפנויים',
  loadingAppointment: 'טוענים את התור שלך',
  peopleViewing: (number, capped) =>
    capped
      ? count(number, { one: 'לפחות אדם אחד צופה', two: 'לפחות שני אנשים צופים', other: '#+ אנשים צופים' })
      : count(number, { one: 'אדם אחד צופה', two: 'שני אנשים צופים', other: '# אנשים צופים' }),
  peopleViewingShort: (number, capped) =>
    capped
      ? count(number, { one: '#+ צופים', two: '#+ צופים', other: '#+ צופים' })
      : count(number, { one: 'צופה אחד', two: 'שני צופים', other: '# צופים' }),
  connection: { live: 'בזמן אמת', connecting: 'מתחברים', polling: 'מתעדכן באופן קבוע', offline: 'אין חיבור' },

  services: 'שירות',
  previousMonth: 'החודש הקודם',
  nextMonth: 'החודש הבא',
  showWeek: 'תצוגת שבוע',
  legend: 'הפס מראה כמה מהיום עדיין פנוי.',
  chooseDay: 'יש לבחור יום כדי לראות את המועדים בו.',
  timesFree,
  dayWithTimes: (date, free) => `${date}, ${timesFree(free)}`,
  dayAndTime: (day, time) => `${day}, ${time}`,
  morning: 'בוקר',
  afternoon: 'אחר הצהריים',
  evening: 'ערב',
  takenTime: (time) => `${time}, תפוס`,
  justTaken: (time) => `המועד בשעה ${time} נתפס ממש עכשיו.`,

  timesShownIn: 'השעות מוצגות לפי שעון',
  showInZone: (zone) => `הצגה לפי שעון ${isolated(zone)}`,
  nextFree: 'המועד הפנוי הבא:',

  noTimesInMonth: (month) => `אין מועדים פנויים בחודש ${month}.`,
  noTimesOnDay: (day) => `${day}: אין מועדים פנויים.`,
  noTimesAtAll: 'כרגע אין מועדים פנויים. מועד שיתפנה יופיע כאן מעצמו.',
  next: (day) => `המועד הבא: ${day}`,
  offline: (since) => `${NO_CONNECTION} המועדים נכונים לשעה ${since}.`,
  notUpdating: (since) => `${NO_CLINIC} המועדים נכונים לשעה ${since}.`,
  unreachable: 'אין קשר עם המרפאה. נא לבדוק את החיבור לאינטרנט ולנסות שוב.',
  tryAgain: 'ניסיון נוסף',
};

const RETRY = 'נא לנסות שוב בעוד רגע.';
const CHOOSE_ANOTHER = 'נא לבחור מועד אחר.';
const UNAVAILABLE = 'קביעת תורים באינטרנט אינה זמינה כרגע.';
const NOT_SET_UP = 'קביעת תורים באינטרנט עדיין לא הופעלה.';
const NOT_FOUND = 'התור הזה לא נמצא.';
const NOTHING_TO_DO = 'לא צריך לעשות דבר נוסף.';
const OPTIONAL = 'לא חובה';

export const details: DetailsMessages = {
  back: 'חזרה למועדים',
  serviceLine: (service, duration, provider) => `${isolated(service)}, ${duration} · ${isolated(provider)}`,
  holding: 'שומרים לך את המועד…',
  heldForYou: 'המועד שמור לך',
  heldFor: (remaining) => `לעוד ${remaining} דק׳`,
  holdLeft: (seconds) =>
    count(seconds, {
      one: 'המועד שמור לך לעוד שנייה אחת.',
      two: 'המועד שמור לך לעוד שתי שניות.',
      other: 'המועד שמור לך לעוד # שניות.',
    }),
  moreTime: 'עוד זמן',
  holdEnded: (time) => `המועד בשעה ${time} כבר לא שמור לך, אבל הוא עדיין פנוי.`,
  holdAgain: 'לשמור שוב',
  notHeld: 'המועד הזה לא שמור לך, אבל אפשר לקבוע אותו כל עוד הוא פנוי.',
  name: 'שם מלא',
  email: 'אימייל',
  phone: 'טלפון',
  note: 'מה סיבת הפנייה?',
  optional: OPTIONAL,
  nameMissing: 'נא להזין שם מלא.',
  emailMissing: 'נא להזין כתובת אימייל.',
  emailWrong: `נא להזין כתובת אימייל כמו ${isolated('name@example.com')}.`,
  phoneWrong: `נא להזין מספר טלפון כמו ${isolated('+972 50 123 4567')}.`,
  book: (time) => `קביעת תור ל־${time}`,
  booking: (time) => `קובעים תור ל־${time}…`,

  takenKept: 'מה שכתבת נשמר.',
  takenNearest: 'המועדים הפנויים הקרובים:',
  takenNone: 'אין כרגע מועדים פנויים אחרים.',

  errors: {
    invalid_argument: 'אחד הפרטים אינו תקין. נא לבדוק את הפרטים.',
    provider_not_found: UNAVAILABLE,
    service_not_found: 'כבר אי אפשר לקבוע תור לשירות הזה באינטרנט. נא לבחור שירות אחר.',
    appointment_not_found: NOT_FOUND,
    slot_taken: `המועד נתפס רגע לפניך. ${CHOOSE_ANOTHER}`,
    outside_hours: `המועד הזה כבר לא מוצע במרפאה. ${CHOOSE_ANOTHER}`,
    outside_window: `המועד הזה רחוק מדי, ועדיין אי אפשר לקבוע אותו. ${CHOOSE_ANOTHER}`,
    too_soon: `מאוחר מדי לקבוע את המועד הזה באינטרנט. ${CHOOSE_ANOTHER}`,
    daily_limit_reached: 'כל התורים ביום הזה תפוסים. נא לבחור יום אחר.',
    hold_limit_reached: 'אי אפשר לשמור לך את המועד זמן נוסף. נא לקבוע אותו עכשיו.',
    request_id_reused: RETRY,
    rate_limited: 'היו יותר מדי ניסיונות מכאן. נא להמתין זמן מה, או להתקשר למרפאה.',
    missing_config: NOT_SET_UP,
    invalid_config: NOT_SET_UP,
    invalid_key: UNAVAILABLE,
    not_installed: UNAVAILABLE,
    schema_outdated: UNAVAILABLE,
    project_unavailable: `מערכת התורים של המרפאה בהפסקה קצרה. ${RETRY}`,
    network: messages.unreachable,
    bad_response: `התקבלה תשובה לא מובנת ממערכת התורים. ${RETRY}`,
    realtime_refused: 'עדכון בזמן אמת אינו זמין. במקום זאת המועדים מתעדכנים באופן קבוע.',
    aborted: RETRY,
    unknown: `משהו השתבש. ${RETRY}`,
  },

  setup: {
    title: 'ההגדרה של רכיב התורים הזה עדיין לא הושלמה',
    missing: (attribute) => `המאפיין ״${isolated(attribute)}״ חסר.`,
    invalid: (attribute, expected) => `הערך של המאפיין ״${isolated(attribute)}״ אינו תקין. הערך הדרוש: ${expected}.`,
    expected: {
      'supabase-url': `כתובת של פרויקט Supabase, כמו ${isolated('https://abcdefgh.supabase.co')}`,
      'supabase-key': `המפתח הציבורי של הפרויקט (${isolated('sb_publishable_…')}) או מפתח ה־anon שלו, ולעולם לא מפתח סודי`,
      'time-zone': `״${isolated('viewer')}״, ״${isolated('provider')}״ או אזור זמן כמו ${isolated('Europe/Stockholm')}`,
      client: `לקוח שנוצר באמצעות ${isolated('supabase-js')} או ${isolated('createOpenslotClient')}`,
      'phone-prefix': `קידומת של מדינה כמו ${isolated('+46')}`,
    },
    oneOf: list,
    invalidKey: `הפרויקט דוחה את המפתח שבמאפיין ״${isolated('supabase-key')}״.`,
    notInstalled: `הפרויקט שבמאפיין ״${isolated('supabase-url')}״ עונה, אבל Openslot לא מותקן בו במלואו. יש להריץ את המיגרציות.`,
    outdated: 'בפרויקט יש גרסה ישנה של המיגרציות של Openslot. יש להריץ את החדשות.',
    noProvider: (provider) =>
      `אין ספק שירות בשם ״${isolated(provider)}״. המאפיין ״${isolated('provider')}״ מקבל slug או מזהה (id).`,
    noService: (service, known) =>
      `אין שירות בשם ״${isolated(service)}״. המאפיין ״${isolated('service')}״ מקבל slug או מזהה (id) של אחד השירותים: ${list(known)}.`,
  },
};

export const appointment: AppointmentMessages = {
  booked: 'התור נקבע',
  withWhom: (provider, clinic) => `${isolated(provider)}, ${isolated(clinic)}`,
  whatNext: (clinic, email) =>
    email ? `${NOTHING_TO_DO} במידת הצורך תישלח אל ${isolated(email)} הודעה מאת ${isolated(clinic)}.` : NOTHING_TO_DO,

  yours: 'התור שלך',
  moved: 'התור החדש נקבע',
  movedByClinic: 'המרפאה שינתה את מועד התור שלך',
  cancelled: 'התור שלך בוטל',
  cancelledByClinic: 'המרפאה ביטלה את התור הזה',
  begun: 'התור שלך התחיל',
  over: 'התור הזה הסתיים',
  completed: 'התור הזה התקיים',
  missed: 'התור הזה הוחמץ',

  insteadOf: (when) => `במקום ${when}`,
  inZone: (when, zone) => `${when} לפי שעון ${isolated(zone)}`,
  writes: (clinic) => `הודעה מאת ${isolated(clinic)}:`,
  changeableUntil: (when) => `אפשר לשנות או לבטל באינטרנט עד ${when}.`,
  notChangeable: (clinic) =>
    `כבר אי אפשר לשנות את התור באינטרנט. במקרה של שינוי בתוכניות, נא להתקשר אל ${isolated(clinic)}.`,
  notMovable: (clinic) => `כרגע אי אפשר לבחור מועד חדש באינטרנט. כדי לשנות את המועד, נא להתקשר אל ${isolated(clinic)}.`,
  errors: {
    appointment_cancelled: 'התור הזה כבר בוטל.',
    appointment_past: 'התור הזה הסתיים ואי אפשר לשנות אותו.',
  },
  notFound: NOT_FOUND,
  notFoundHint: 'ייתכן שהקישור אינו שלם. נא לפתוח אותו שוב מתוך האימייל, או להתקשר למרפאה.',
  bookATime: 'קביעת תור',
  offline: (since) => `${NO_CONNECTION} המידע נכון לשעה ${since}.`,
  notUpdating: (since) => `${NO_CLINIC} המידע נכון לשעה ${since}.`,

  addToCalendar: 'הוספה ליומן',
  calendarFile: 'קובץ יומן',
  googleCalendar: 'יומן Google',
  outlook: 'Outlook.com',
  opensInNewTab: (name) => `${isolated(name)}, נפתח בכרטיסייה חדשה`,
  removeFromCalendar: 'הסרה מהיומן',
  eventTitle: (service, provider) => `${isolated(service)} אצל ${isolated(provider)}`,
  print: 'הדפסה',
  reschedule: 'שינוי מועד',
  cancel: 'ביטול תור',
  bookAnother: 'קביעת תור נוסף',

  askCancel: 'לבטל את התור הזה?',
  askCancelHint: 'ייתכן שהמועד ייתפס מיד.',
  reason: 'סיבת הביטול, לידיעת המרפאה',
  optional: OPTIONAL,
  confirmCancel: 'כן, לבטל',
  keep: 'להשאיר את התור',
  working: 'רק רגע…',

  chooseNewTime: (day, time) => `נא לבחור מועד חדש. התור הנוכחי (${day}, ${time}) נשאר שמור לך עד אז.`,
  askMove: 'לשנות את מועד התור?',
  moveFrom: 'קודם',
  moveTo: 'חדש',
  confirmMove: (time) => `העברה ל־${time}`,
  otherTime: 'בחירת מועד אחר',
};

export const week: WeekMessages = {
  month: 'תצוגת חודש',
  previous: 'השבוע הקודם',
  next: 'השבוע הבא',
  nothing: NO_TIMES,
  moreTimes: (number) => count(number, { one: 'עוד מועד אחד', two: 'עוד שני מועדים', other: 'עוד # מועדים' }),
};

export const zones: ZonesMessages = {
  title: 'אזור זמן',
  close: 'סגירה',
  search: 'חיפוש עיר',
  yours: 'אזור הזמן שלך',
  clinics: 'אזור הזמן של המרפאה',
  others: 'כל אזורי הזמן',
  found: (number) =>
    number > 0 ? count(number, { one: 'אזור זמן אחד', two: 'שני אזורי זמן', other: '# אזורי זמן' }) : 'אין אזורי זמן',
  none: (query) => `לא נמצא אזור זמן עבור ״${isolated(query)}״. אפשר לנסות עיר גדולה יותר בסביבה.`,
};

export const questions: QuestionsMessages = {
  choose: 'נא לבחור…',
  missing: 'נא לענות על השאלה הזאת.',
  choiceMissing: 'נא לבחור אחת מהאפשרויות.',
  choicesMissing: 'נא לבחור לפחות אחת מהאפשרויות.',
  tickMissing: 'כדי להמשיך, נא לסמן את התיבה הזאת.',
  dateMissing: 'נא להזין תאריך.',
  tooLong: (most) =>
    count(most, {
      one: 'נא לכתוב לכל היותר תו אחד.',
      two: 'נא לכתוב לכל היותר שני תווים.',
      other: 'נא לכתוב לכל היותר # תווים.',
    }),
};

export const notifications = async (): Promise<InboxMessages> => (await import('./notifications.ts')).notifications;
