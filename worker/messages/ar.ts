import type { Messages, Role } from './messages.ts';

const ROLES: Readonly<Record<Role, string>> = {
  owner: 'بصفة مالك له كل الصلاحيات',
  staff: 'بصفة موظف يرى مواعيد جميع مقدمي الخدمة ويعدّلها',
  provider: 'بصفة مقدم خدمة يرى مواعيده ويعدّلها',
};

export const ar: Messages = {
  lang: 'ar',
  dir: 'rtl',
  patient: {
    booked: ({ service, provider, when }) => ({
      subject: `تم تأكيد الموعد: ${service} مع ${provider}، ${when}`,
      heading: 'تم تأكيد موعدك',
      intro: 'نتطلع إلى لقائك.',
    }),
    cancelled: ({ service, provider, clinic, when, by }) => ({
      subject: `تم إلغاء الموعد: ${service} مع ${provider}، ${when}`,
      heading: by === 'provider' ? 'اضطررنا إلى إلغاء موعدك' : 'تم إلغاء موعدك',
      intro:
        by === 'provider' ? `ألغى ${clinic} هذا الموعد. نعتذر عن الإزعاج.` : 'كما طلبت. لا يلزمك القيام بأي شيء آخر.',
    }),
    rescheduled: ({ service, provider, clinic, when, by }) => ({
      subject: `وقت جديد: ${service} مع ${provider}، ${when}`,
      heading: 'تغيّر وقت موعدك',
      intro:
        by === 'provider'
          ? `نقل ${clinic} موعدك. إذا لم يناسبك الوقت الجديد فيُرجى اختيار وقت آخر.`
          : 'تم نقل الموعد كما طلبت. أصبح الوقت السابق متاحًا لغيرك.',
    }),
    reminder: ({ service, provider, when }) => ({
      subject: `تذكير: ${service} مع ${provider}، ${when}`,
      heading: 'اقترب موعدك',
      intro: 'إذا تعذر عليك الحضور فيُرجى إبلاغنا مبكرًا ليستفيد غيرك من الوقت.',
    }),
  },
  provider: {
    booked: ({ service, patient, when, by }) => ({
      subject: `حجز جديد: ${patient}، ${service}، ${when}`,
      heading: by === 'provider' ? 'أُضيف موعد' : `حجز جديد من ${patient}`,
      intro: 'تجده في جدول مواعيدك.',
    }),
    cancelled: ({ service, patient, when, by }) => ({
      subject: `إلغاء: ${patient}، ${service}، ${when}`,
      heading: by === 'provider' ? 'أُلغي موعد' : `إلغاء من ${patient}`,
      intro: 'أصبح الوقت متاحًا للحجز من جديد.',
    }),
    rescheduled: ({ service, patient, when, by }) => ({
      subject: `تغيير الوقت: ${patient}، ${service}، ${when}`,
      heading: by === 'provider' ? 'نُقل موعد' : `وقت جديد من ${patient}`,
      intro: 'أصبح الوقت السابق متاحًا للحجز من جديد.',
    }),
    reminder: ({ service, patient, when }) => ({
      subject: `موعد قريب: ${patient}، ${service}، ${when}`,
      heading: 'موعد قريب',
      intro: 'تجده في جدول مواعيدك.',
    }),
  },
  invitation: ({ clinic, role }) => ({
    subject: `دعوة إلى إدارة مواعيد ${clinic}`,
    heading: `دعوة من ${clinic}`,
    intro: `أنت مدعو إلى إدارة مواعيد ${clinic} ${ROLES[role]}.`,
  }),
  eventForPatient: ({ service, provider }) => `${service} مع ${provider}`,
  eventForProvider: ({ service, patient }) => `${patient}: ${service}`,
  dayAndTime: (day, time) => `${day}، ${time}`,
  inZone: (time, zone) => `${time}، ${zone}`,
  labels: {
    when: 'الوقت',
    was: 'سابقًا',
    service: 'الخدمة',
    provider: 'مع',
    patient: 'المريض',
    clinic: 'المكان',
  },
  manage: 'تغيير الموعد أو إلغاؤه',
  bookAgain: 'اختيار وقت آخر',
  openDesk: 'فتح جدول المواعيد',
  acceptInvitation: 'قبول الدعوة',
  messageFrom: (name) => `رسالة من ${name}:`,
  why: {
    patient: (clinic) => `وصلتك هذه الرسالة لأن عنوانك أُدخل لموعد لدى ${clinic}.`,
    provider: (clinic) => `وصلتك هذه الرسالة لأن عنوانك هو عنوان مقدم خدمة لدى ${clinic}.`,
    member: (clinic) => `أدخل أحدهم عنوانك لدى ${clinic}. إذا لم تكن تتوقع ذلك فلا يلزمك القيام بأي شيء.`,
  },
};
