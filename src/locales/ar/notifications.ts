import type { InboxMessages } from '../types.ts';
import { plurals } from '../plurals.ts';

const count = plurals('ar');

/** Names and examples may run from left to right; what stands around them keeps its place. */
function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}

const RETRY = 'يُرجى إعادة المحاولة بعد قليل.';

export const notifications: InboxMessages = {
  title: 'الإشعارات',
  titleWithUnread: (unread) =>
    count(unread, {
      zero: 'الإشعارات، لا إشعارات غير مقروءة',
      one: 'الإشعارات، إشعار واحد غير مقروء',
      two: 'الإشعارات، إشعاران غير مقروءين',
      few: 'الإشعارات، # إشعارات غير مقروءة',
      many: 'الإشعارات، # إشعارًا غير مقروء',
      other: 'الإشعارات، # إشعار غير مقروء',
    }),
  markAll: 'تحديد الكل كمقروء',
  close: 'إغلاق',
  loading: 'جارٍ تحميل الإشعارات',
  tryAgain: 'إعادة المحاولة',

  today: 'اليوم',
  yesterday: 'أمس',
  justNow: 'قبل لحظات',
  isNew: 'جديد:',
  message: (text) => `«${isolated(text)}»`,
  about: (service, provider) => `${isolated(service)} · ${isolated(provider)}`,
  somebody: 'شخص ما',
  toMember: {
    booked: (patient, when) => `حجز موعد: ${isolated(patient)}، ${when}`,
    bookedByClinic: (patient, when) => `حجز موعد من قِبل العيادة: ${isolated(patient)}، ${when}`,
    cancelled: (patient, when) => `إلغاء موعد: ${isolated(patient)}، ${when}`,
    cancelledByClinic: (patient, when) => `إلغاء موعد من قِبل العيادة: ${isolated(patient)}، ${when}`,
    moved: (patient, from, to) => `تغيير موعد: ${isolated(patient)}، من ${from} إلى ${to}`,
    movedByClinic: (patient, from, to) => `تغيير موعد من قِبل العيادة: ${isolated(patient)}، من ${from} إلى ${to}`,
    movedWithinDay: (patient, from, to, day) => `تغيير موعد: ${isolated(patient)}، ${day}، من ${from} إلى ${to}`,
    movedWithinDayByClinic: (patient, from, to, day) =>
      `تغيير موعد من قِبل العيادة: ${isolated(patient)}، ${day}، من ${from} إلى ${to}`,
    reminder: (patient, when) => `موعد قادم: ${isolated(patient)}، ${when}`,
  },
  toPatient: {
    booked: (_clinic, when) => `حجزت موعدًا: ${when}`,
    bookedByClinic: (clinic, when) => `موعد جديد لك من ${isolated(clinic)}: ${when}`,
    cancelled: (_clinic, when) => `ألغيت موعدك: ${when}`,
    cancelledByClinic: (clinic, when) => `تم إلغاء موعدك من قِبل ${isolated(clinic)}: ${when}`,
    moved: (_clinic, from, to) => `غيّرت موعدك من ${from} إلى ${to}`,
    movedByClinic: (clinic, from, to) => `تم تغيير موعدك من قِبل ${isolated(clinic)}: من ${from} إلى ${to}`,
    movedWithinDay: (_clinic, from, to, day) => `غيّرت موعدك يوم ${day}، من ${from} إلى ${to}`,
    movedWithinDayByClinic: (clinic, from, to, day) =>
      `تم تغيير موعدك من قِبل ${isolated(clinic)}: ${day}، من ${from} إلى ${to}`,
    reminder: (_clinic, when) => `موعدك القادم: ${when}`,
  },

  empty: 'لا إشعارات بعد',
  emptyForMember: 'كل حجز أو تغيير أو إلغاء من المرضى يظهر هنا تلقائيًا.',
  emptyForPatient: 'إذا غيّرت العيادة موعدك فسيظهر ذلك هنا فورًا.',
  older: 'عرض الأقدم',
  loadingOlder: 'جارٍ تحميل الأقدم…',
  olderFailed: 'تعذّر تحميل الإشعارات الأقدم.',

  toasts: 'ما حدث للتو',
  dismiss: (what) => `إخفاء: ${what}`,
  summary: (number) =>
    count(number, {
      zero: 'لا إشعارات جديدة',
      one: 'إشعار جديد واحد',
      two: 'إشعاران جديدان',
      few: '# إشعارات جديدة',
      many: '# إشعارًا جديدًا',
      other: '# إشعار جديد',
    }),
  show: 'عرض',

  offline: 'لا يوجد اتصال بالإنترنت. ما يحدث في هذه الأثناء سيظهر فور عودة الاتصال.',
  notLive: 'التحديث ليس مباشرًا حاليًا، بل كل بضع ثوانٍ.',
  signedOut: 'يُرجى تسجيل الدخول لمعرفة الجديد.',
  unknownToken: 'تعذّر العثور على هذا الموعد. يُرجى استخدام الرابط الوارد في أحدث رسالة بريد إلكتروني.',
  tooMany: 'محاولات كثيرة في وقت قصير. يُرجى الانتظار قليلًا.',
  unreachable: 'يتعذّر الوصول إلى العيادة. يُرجى التحقق من الاتصال بالإنترنت ثم إعادة المحاولة.',
  unknown: `حدث خطأ ما. ${RETRY}`,

  push: {
    title: 'على هذا الجهاز',
    states: {
      unsupported: 'لا يستطيع هذا المتصفح إظهار الإشعارات عندما تكون الصفحة مغلقة.',
      install:
        'لتلقّي الإشعارات عندما تكون الصفحة مغلقة، يُرجى إضافتها إلى الشاشة الرئيسية: النقر على «مشاركة»، ثم على «إضافة إلى الشاشة الرئيسية»، ثم فتحها من هناك.',
      off: 'يمكن تلقّي الإشعارات هنا حتى عندما تكون هذه الصفحة مغلقة.',
      asking: 'المتصفح يطلب الإذن: يُرجى السماح بالإشعارات.',
      on: 'تصلك الإشعارات هنا حتى عندما تكون هذه الصفحة مغلقة.',
      denied:
        'المتصفح يمنع إشعارات هذه الصفحة. لتغيير ذلك، يُرجى فتح الإعدادات بجانب شريط العنوان، والسماح بالإشعارات، ثم إعادة تحميل الصفحة.',
      failed: `لم تنجح المحاولة. ${RETRY}`,
    },
    turnOn: 'تفعيل',
    turnOff: 'إيقاف',
  },

  setup: {
    title: 'لم يكتمل إعداد هذه الإشعارات بعد',
    missing: (attribute) => `السمة «${isolated(attribute)}» غير موجودة.`,
    invalid: (attribute) => `قيمة السمة «${isolated(attribute)}» غير صالحة.`,
    invalidKey: `يرفض المشروع المفتاح الموجود في السمة «${isolated('supabase-key')}».`,
    notInstalled: 'المشروع يستجيب، لكن Openslot غير مثبَّت فيه بالكامل. يُرجى تطبيق أحدث ترحيلات قاعدة البيانات.',
  },
};
