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

const count = plurals('ar');

/** Names and examples may run from left to right; what stands around them keeps its place. */
function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}

function list(values: readonly string[]): string {
  return new Intl.ListFormat('ar', { type: 'disjunction' }).format(values.map((value) => `«${isolated(value)}»`));
}

const people = (number: number) =>
  count(number, {
    zero: 'لا أحد',
    one: 'شخص واحد',
    two: 'شخصان',
    few: '# أشخاص',
    many: '# شخصًا',
    other: '# شخص',
  });

const timesFree = (number: number) =>
  count(number, {
    zero: 'لا توجد مواعيد متاحة',
    one: 'موعد واحد متاح',
    two: 'موعدان متاحان',
    few: '# مواعيد متاحة',
    many: '# موعدًا متاحًا',
    other: '# موعد متاح',
  });

const NO_CONNECTION = 'لا يوجد اتصال بالإنترنت.';
const NO_CLINIC = 'يتعذّر الوصول إلى العيادة حاليًا.';

export const messages: Messages = {
  lang: 'ar',

  widget: (provider) => `حجز موعد مع ${isolated(provider)}`,
  loading: 'جارٍ تحميل المواعيد المتاحة',
  loadingAppointment: 'جارٍ تحميل موعدك',
  peopleViewing: (number, capped) =>
    number > 0 ? `يشاهد الآن ${people(number)}${capped ? ' على الأقل' : ''}` : 'لا أحد يشاهد الآن',
  peopleViewingShort: (number, capped) => (capped ? `${people(number)} فأكثر` : people(number)),
  connection: { live: 'مباشر', connecting: 'جارٍ الاتصال', polling: 'يُحدَّث بانتظام', offline: 'غير متصل' },

  services: 'الخدمة',
  previousMonth: 'الشهر السابق',
  nextMonth: 'الشهر التالي',
  showWeek: 'عرض الأسبوع',
  legend: 'يوضّح الشريط مقدار المتاح من اليوم.',
  chooseDay: 'يُرجى اختيار يوم لعرض مواعيده.',
  timesFree,
  dayWithTimes: (date, free) => `${date}، ${timesFree(free)}`,
  dayAndTime: (day, time) => `${day}، ${time}`,
  morning: 'الصباح',
  afternoon: 'بعد الظهر',
  evening: 'المساء',
  takenTime: (time) => `${time}، محجوز`,
  justTaken: (time) => `حُجز موعد ${time} قبل لحظات.`,

  timesShownIn: 'المواعيد بتوقيت',
  showInZone: (zone) => `عرض بتوقيت ${isolated(zone)}`,
  nextFree: 'أقرب موعد متاح:',

  noTimesInMonth: (month) => `لا توجد مواعيد متاحة في ${month}.`,
  noTimesOnDay: (day) => `لا توجد مواعيد متاحة يوم ${day}.`,
  noTimesAtAll: 'لا توجد مواعيد متاحة حاليًا. عند توفّر موعد سيظهر هنا تلقائيًا.',
  next: (day) => `الموعد التالي: ${day}`,
  offline: (since) => `${NO_CONNECTION} المواعيد كما كانت عند الساعة ${since}.`,
  notUpdating: (since) => `${NO_CLINIC} المواعيد كما كانت عند الساعة ${since}.`,
  unreachable: 'يتعذّر الوصول إلى العيادة. يُرجى التحقق من الاتصال بالإنترنت ثم إعادة المحاولة.',
  tryAgain: 'إعادة المحاولة',
};

const RETRY = 'يُرجى إعادة المحاولة بعد قليل.';
const CHOOSE_ANOTHER = 'يُرجى اختيار موعد آخر.';
const UNAVAILABLE = 'الحجز عبر الإنترنت غير متاح حاليًا.';
const NOT_SET_UP = 'الحجز عبر الإنترنت غير جاهز بعد.';
const NOT_FOUND = 'تعذّر العثور على هذا الموعد.';
const NOTHING_TO_DO = 'لا يلزم أي إجراء آخر.';
const OPTIONAL = 'اختياري';

export const details: DetailsMessages = {
  back: 'العودة إلى المواعيد',
  serviceLine: (service, duration, provider) => `${isolated(service)}، ${duration} · ${isolated(provider)}`,
  holding: 'جارٍ حجز هذا الموعد لك مؤقتًا…',
  heldForYou: 'محجوز لك مؤقتًا',
  heldFor: (remaining) => `لمدة ${remaining}`,
  holdLeft: (seconds) =>
    count(seconds, {
      zero: 'انتهى الحجز المؤقت لهذا الموعد.',
      one: 'بقيت ثانية واحدة على انتهاء الحجز المؤقت.',
      two: 'بقيت ثانيتان على انتهاء الحجز المؤقت.',
      few: 'بقيت # ثوانٍ على انتهاء الحجز المؤقت.',
      many: 'بقيت # ثانية على انتهاء الحجز المؤقت.',
      other: 'بقيت # ثانية على انتهاء الحجز المؤقت.',
    }),
  moreTime: 'وقت إضافي',
  holdEnded: (time) => `انتهى الحجز المؤقت لموعد ${time}، لكنه ما زال متاحًا.`,
  holdAgain: 'تجديد الحجز المؤقت',
  notHeld: 'هذا الموعد غير محجوز لك مؤقتًا، لكن يمكن حجزه ما دام متاحًا.',
  name: 'الاسم الكامل',
  email: 'البريد الإلكتروني',
  phone: 'الهاتف',
  note: 'ما سبب الزيارة؟',
  optional: OPTIONAL,
  nameMissing: 'يُرجى إدخال الاسم.',
  emailMissing: 'يُرجى إدخال عنوان البريد الإلكتروني.',
  emailWrong: `يُرجى إدخال عنوان بريد إلكتروني مثل ${isolated('name@example.com')}.`,
  phoneWrong: `يُرجى إدخال رقم هاتف مثل ${isolated('+966 50 123 4567')}.`,
  book: (time) => `حجز موعد ${time}`,
  booking: (time) => `جارٍ حجز موعد ${time}…`,

  takenKept: 'ما كتبته محفوظ.',
  takenNearest: 'أقرب المواعيد المتاحة:',
  takenNone: 'لا توجد مواعيد أخرى متاحة حاليًا.',

  errors: {
    invalid_argument: 'تعذّر قبول بعض البيانات. يُرجى مراجعتها.',
    provider_not_found: UNAVAILABLE,
    service_not_found: 'لم يعد حجز هذه الخدمة ممكنًا عبر الإنترنت. يُرجى اختيار خدمة أخرى.',
    appointment_not_found: NOT_FOUND,
    slot_taken: `سبقك شخص آخر إلى هذا الموعد بلحظات. ${CHOOSE_ANOTHER}`,
    outside_hours: `لم تعد العيادة تتيح هذا الموعد. ${CHOOSE_ANOTHER}`,
    outside_window: `هذا الموعد بعيد ولم يُفتح حجزه بعد. ${CHOOSE_ANOTHER}`,
    too_soon: `فات أوان حجز هذا الموعد عبر الإنترنت. ${CHOOSE_ANOTHER}`,
    daily_limit_reached: 'اكتملت حجوزات هذا اليوم. يُرجى اختيار يوم آخر.',
    hold_limit_reached: 'لا يمكن تمديد الحجز المؤقت لهذا الموعد. يُرجى إتمام الحجز الآن.',
    request_id_reused: RETRY,
    rate_limited: 'جرت محاولات كثيرة من هنا. يُرجى الانتظار بعض الوقت، أو الاتصال بالعيادة.',
    missing_config: NOT_SET_UP,
    invalid_config: NOT_SET_UP,
    invalid_key: UNAVAILABLE,
    not_installed: UNAVAILABLE,
    schema_outdated: UNAVAILABLE,
    project_unavailable: `نظام الحجز في العيادة متوقف مؤقتًا. ${RETRY}`,
    network: messages.unreachable,
    bad_response: `ورد من نظام الحجز رد غير مفهوم. ${RETRY}`,
    realtime_refused: 'التحديث المباشر غير متاح. تُحدَّث المواعيد بانتظام بدلًا من ذلك.',
    aborted: RETRY,
    unknown: `حدث خطأ ما. ${RETRY}`,
  },

  setup: {
    title: 'لم يكتمل إعداد أداة الحجز هذه بعد',
    missing: (attribute) => `السمة «${isolated(attribute)}» غير موجودة.`,
    invalid: (attribute, expected) => `قيمة السمة «${isolated(attribute)}» غير صالحة. القيمة المطلوبة: ${expected}.`,
    expected: {
      'supabase-url': `رابط مشروع Supabase، مثل ${isolated('https://abcdefgh.supabase.co')}`,
      'supabase-key': `المفتاح العام للمشروع (${isolated('sb_publishable_…')}) أو مفتاح anon الخاص به، وليس مفتاحًا سريًا أبدًا`,
      'time-zone': `«${isolated('viewer')}» أو «${isolated('provider')}» أو منطقة زمنية مثل ${isolated('Europe/Stockholm')}`,
      client: `عميل أُنشئ بواسطة ${isolated('supabase-js')} أو ${isolated('createOpenslotClient')}`,
      'phone-prefix': `رمز دولة مثل ${isolated('+46')}`,
    },
    oneOf: list,
    invalidKey: `يرفض المشروع المفتاح الموجود في السمة «${isolated('supabase-key')}».`,
    notInstalled: `المشروع المحدد في السمة «${isolated('supabase-url')}» يستجيب، لكن Openslot غير مثبَّت فيه بالكامل. يُرجى تطبيق ترحيلات قاعدة البيانات.`,
    outdated: 'في المشروع إصدار قديم من ترحيلات قاعدة بيانات Openslot. يُرجى تطبيق الترحيلات الجديدة.',
    noProvider: (provider) =>
      `لا يوجد مقدّم خدمة باسم «${isolated(provider)}». قيمة السمة «${isolated('provider')}» هي الاسم المختصر (slug) أو المعرّف (id).`,
    noService: (service, known) =>
      `لا توجد خدمة باسم «${isolated(service)}». قيمة السمة «${isolated('service')}» هي الاسم المختصر (slug) أو المعرّف (id) لإحدى الخدمات: ${list(known)}.`,
  },
};

export const appointment: AppointmentMessages = {
  booked: 'تم حجز موعدك',
  withWhom: (provider, clinic) => `${isolated(provider)}، ${isolated(clinic)}`,
  whatNext: (clinic, email) =>
    email ? `${NOTHING_TO_DO} عند الحاجة ستصلك رسالة من ${isolated(clinic)} على ${isolated(email)}.` : NOTHING_TO_DO,

  yours: 'موعدك',
  moved: 'تم حجز موعدك الجديد',
  movedByClinic: 'غيّرت العيادة موعدك',
  cancelled: 'تم إلغاء موعدك',
  cancelledByClinic: 'ألغت العيادة هذا الموعد',
  begun: 'بدأ موعدك',
  over: 'انتهى هذا الموعد',
  completed: 'تمّت الزيارة في هذا الموعد',
  missed: 'فات هذا الموعد دون حضور',

  insteadOf: (when) => `بدلًا من ${when}`,
  inZone: (when, zone) => `${when} بتوقيت ${isolated(zone)}`,
  writes: (clinic) => `رسالة من ${isolated(clinic)}:`,
  changeableUntil: (when) => `يمكن تغيير الموعد أو إلغاؤه عبر الإنترنت حتى ${when}.`,
  notChangeable: (clinic) =>
    `لم يعد تغيير الموعد ممكنًا عبر الإنترنت. إذا طرأ أمر ما، يُرجى الاتصال هاتفيًا بـ ${isolated(clinic)}.`,
  notMovable: (clinic) =>
    `لا يمكن اختيار موعد جديد عبر الإنترنت حاليًا. لتغيير الموعد، يُرجى الاتصال هاتفيًا بـ ${isolated(clinic)}.`,
  errors: {
    appointment_cancelled: 'سبق إلغاء هذا الموعد.',
    appointment_past: 'انتهى هذا الموعد ولا يمكن تغييره.',
  },
  notFound: NOT_FOUND,
  notFoundHint: 'قد يكون الرابط غير مكتمل. يُرجى فتحه مرة أخرى من رسالة البريد الإلكتروني، أو الاتصال بالعيادة.',
  bookATime: 'حجز موعد',
  offline: (since) => `${NO_CONNECTION} المعلومات كما كانت عند الساعة ${since}.`,
  notUpdating: (since) => `${NO_CLINIC} المعلومات كما كانت عند الساعة ${since}.`,

  addToCalendar: 'إضافة إلى التقويم',
  calendarFile: 'ملف تقويم',
  googleCalendar: 'تقويم Google',
  outlook: 'Outlook.com',
  opensInNewTab: (name) => `${isolated(name)}، يُفتح في علامة تبويب جديدة`,
  removeFromCalendar: 'إزالة من التقويم',
  eventTitle: (service, provider) => `${isolated(service)} مع ${isolated(provider)}`,
  print: 'طباعة',
  reschedule: 'تغيير الموعد',
  cancel: 'إلغاء الموعد',
  bookAnother: 'حجز موعد آخر',

  askCancel: 'إلغاء هذا الموعد؟',
  askCancelHint: 'قد يحجزه شخص آخر على الفور.',
  reason: 'سبب الإلغاء، لاطّلاع العيادة',
  optional: OPTIONAL,
  confirmCancel: 'نعم، إلغاء الموعد',
  keep: 'الاحتفاظ بالموعد',
  working: 'لحظة من فضلك…',

  chooseNewTime: (day, time) => `يُرجى اختيار موعد جديد. يبقى موعدك الحالي (${day}، ${time}) محفوظًا حتى ذلك الحين.`,
  askMove: 'تغيير موعدك؟',
  moveFrom: 'من',
  moveTo: 'إلى',
  confirmMove: (time) => `تغيير إلى ${time}`,
  otherTime: 'اختيار موعد آخر',
};

export const week: WeekMessages = {
  month: 'عرض الشهر',
  previous: 'الأسبوع السابق',
  next: 'الأسبوع التالي',
  nothing: 'لا توجد مواعيد متاحة',
  moreTimes: (number) =>
    count(number, {
      zero: 'لا مواعيد أخرى',
      one: 'موعد آخر',
      two: 'موعدان آخران',
      few: '# مواعيد أخرى',
      many: '# موعدًا آخر',
      other: '# موعد آخر',
    }),
};

export const zones: ZonesMessages = {
  title: 'المنطقة الزمنية',
  close: 'إغلاق',
  search: 'البحث عن مدينة',
  yours: 'منطقتك الزمنية',
  clinics: 'منطقة العيادة الزمنية',
  others: 'كل المناطق الزمنية',
  found: (number) =>
    count(number, {
      zero: 'لا توجد مناطق زمنية',
      one: 'منطقة زمنية واحدة',
      two: 'منطقتان زمنيتان',
      few: '# مناطق زمنية',
      many: '# منطقة زمنية',
      other: '# منطقة زمنية',
    }),
  none: (query) => `لم يُعثر على منطقة زمنية باسم «${isolated(query)}». يُرجى تجربة مدينة أكبر قريبة.`,
};

export const questions: QuestionsMessages = {
  choose: 'يُرجى الاختيار…',
  missing: 'يُرجى الإجابة عن هذا السؤال.',
  choiceMissing: 'يُرجى اختيار أحد هذه الخيارات.',
  choicesMissing: 'يُرجى اختيار واحد على الأقل من هذه الخيارات.',
  tickMissing: 'للمتابعة، يُرجى تحديد هذا المربع.',
  dateMissing: 'يُرجى إدخال تاريخ.',
  tooLong: (most) =>
    count(most, {
      zero: 'يُرجى ترك هذا الحقل فارغًا.',
      one: 'يُرجى ألا يتجاوز النص حرفًا واحدًا.',
      two: 'يُرجى ألا يتجاوز النص حرفين.',
      few: 'يُرجى ألا يتجاوز النص # أحرف.',
      many: 'يُرجى ألا يتجاوز النص # حرفًا.',
      other: 'يُرجى ألا يتجاوز النص # حرف.',
    }),
};

export const notifications = async (): Promise<InboxMessages> => (await import('./notifications.ts')).notifications;
