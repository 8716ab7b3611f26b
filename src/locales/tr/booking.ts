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

const count = plurals('tr');

function list(values: readonly string[]): string {
  return new Intl.ListFormat('tr', { type: 'disjunction' }).format(values.map((value) => `“${value}”`));
}

const freeTimes = (number: number) => count(number, { one: '# uygun saat', other: '# uygun saat' });

export const messages: Messages = {
  lang: 'tr',

  widget: (provider) => `Randevu alın: ${provider}`,
  loading: 'Uygun saatler yükleniyor',
  loadingAppointment: 'Randevunuz yükleniyor',
  peopleViewing: (number, capped) =>
    capped
      ? count(number, { one: '#+ kişi bakıyor', other: '#+ kişi bakıyor' })
      : count(number, { one: '# kişi bakıyor', other: '# kişi bakıyor' }),
  peopleViewingShort: (number, capped) =>
    capped ? count(number, { one: '#+ kişi', other: '#+ kişi' }) : count(number, { one: '# kişi', other: '# kişi' }),
  connection: {
    live: 'Canlı',
    connecting: 'Bağlanıyor',
    polling: 'Düzenli olarak güncelleniyor',
    offline: 'Çevrimdışı',
  },

  services: 'Hizmet',
  previousMonth: 'Önceki ay',
  nextMonth: 'Sonraki ay',
  showWeek: 'Hafta',
  legend: 'Çubuk, günün ne kadarının boş olduğunu gösterir.',
  chooseDay: 'Saatleri görmek için bir gün seçin.',
  timesFree: (number) => (number > 0 ? freeTimes(number) : 'Uygun saat yok'),
  dayWithTimes: (date, free) => `${date}, ${free > 0 ? freeTimes(free) : 'uygun saat yok'}`,
  dayAndTime: (day, time) => `${day}, ${time}`,
  morning: 'Sabah',
  afternoon: 'Öğleden sonra',
  evening: 'Akşam',
  takenTime: (time) => `${time}, dolu`,
  justTaken: (time) => `${time} az önce doldu.`,

  timesShownIn: 'Saat dilimi:',
  showInZone: (zone) => `${zone} saatiyle göster`,
  nextFree: 'İlk uygun saat:',

  noTimesInMonth: (month) => `${month} ayında uygun saat yok.`,
  noTimesOnDay: (day) => `${day} günü uygun saat yok.`,
  noTimesAtAll: 'Şu anda uygun saat yok. Yer açılır açılmaz burada kendiliğinden görünür.',
  next: (day) => `Sonraki: ${day}`,
  offline: (since) => `Çevrimdışısınız. Saatlerin son güncellenmesi: ${since}.`,
  notUpdating: (since) => `Şu anda kliniğe ulaşılamıyor. Saatlerin son güncellenmesi: ${since}.`,
  unreachable: 'Kliniğe ulaşılamıyor. Lütfen bağlantınızı kontrol edip yeniden deneyin.',
  tryAgain: 'Yeniden dene',
};

const RETRY = 'Lütfen biraz sonra yeniden deneyin.';
const CHOOSE_ANOTHER = 'Lütfen başka bir saat seçin.';
const UNAVAILABLE = 'Online randevu şu anda kullanılamıyor.';
const NOT_SET_UP = 'Online randevu henüz hazır değil.';
const NOT_FOUND = 'Bu randevu bulunamadı.';
const OPTIONAL = 'isteğe bağlı';

export const details: DetailsMessages = {
  back: 'Saatlere dön',
  serviceLine: (service, duration, provider) => `${service}, ${duration} · ${provider}`,
  holding: 'Bu saat sizin için ayrılıyor…',
  heldForYou: 'Sizin için ayrıldı.',
  heldFor: (remaining) => `Kalan süre: ${remaining}`,
  holdLeft: (seconds) =>
    count(seconds, { one: 'Bu saat için # saniyeniz kaldı.', other: 'Bu saat için # saniyeniz kaldı.' }),
  moreTime: 'Süreyi uzat',
  holdEnded: (time) => `${time} artık sizin için ayrılmış değil ama hâlâ boş.`,
  holdAgain: 'Yeniden ayır',
  notHeld: 'Bu saat sizin için ayrılmış değil ama boş olduğu sürece randevu alabilirsiniz.',
  name: 'Ad soyad',
  email: 'E-posta',
  phone: 'Telefon',
  note: 'Randevunuz neyle ilgili?',
  optional: OPTIONAL,
  nameMissing: 'Lütfen adınızı ve soyadınızı girin.',
  emailMissing: 'Lütfen e-posta adresinizi girin.',
  emailWrong: 'Lütfen isim@example.com gibi bir e-posta adresi girin.',
  phoneWrong: 'Lütfen +90 532 123 45 67 gibi bir telefon numarası girin.',
  book: (time) => `${time} randevusunu al`,
  booking: (time) => `${time} randevusu alınıyor…`,

  takenKept: 'Yazdıklarınız korundu.',
  takenNearest: 'En yakın uygun saatler:',
  takenNone: 'Şu anda başka uygun saat yok.',

  errors: {
    invalid_argument: 'Bilgilerinizden biri kabul edilmedi. Lütfen bilgilerinizi kontrol edin.',
    provider_not_found: UNAVAILABLE,
    service_not_found: 'Bu hizmet için artık online randevu alınamıyor. Lütfen başka bir hizmet seçin.',
    appointment_not_found: NOT_FOUND,
    slot_taken: `Bu saati az önce başka biri aldı. ${CHOOSE_ANOTHER}`,
    outside_hours: `Klinik bu saatte artık randevu vermiyor. ${CHOOSE_ANOTHER}`,
    outside_window: `Bu saat çok ileri bir tarihte, henüz randevu alınamıyor. ${CHOOSE_ANOTHER}`,
    too_soon: `Bu saate online randevu almak için artık çok geç. ${CHOOSE_ANOTHER}`,
    daily_limit_reached: 'Seçtiğiniz gün tamamen dolu. Lütfen başka bir gün seçin.',
    hold_limit_reached: 'Bu saat sizin için daha fazla ayrılamıyor. Lütfen randevunuzu şimdi alın.',
    request_id_reused: RETRY,
    rate_limited: 'Buradan çok fazla deneme yapıldı. Lütfen bir süre bekleyin veya kliniği arayın.',
    missing_config: NOT_SET_UP,
    invalid_config: NOT_SET_UP,
    invalid_key: UNAVAILABLE,
    not_installed: UNAVAILABLE,
    schema_outdated: UNAVAILABLE,
    project_unavailable: `Kliniğin randevu sistemine kısa bir ara verildi. ${RETRY}`,
    network: messages.unreachable,
    bad_response: `Randevu sisteminden anlaşılmayan bir yanıt geldi. ${RETRY}`,
    realtime_refused: 'Canlı güncelleme kullanılamıyor. Saatler bunun yerine düzenli olarak yenileniyor.',
    aborted: RETRY,
    unknown: `Bir sorun oluştu. ${RETRY}`,
  },

  setup: {
    title: 'Bu randevu bileşeninin kurulumu henüz tamamlanmadı',
    missing: (attribute) => `“${attribute}” özniteliği eksik.`,
    invalid: (attribute, expected) => `“${attribute}” özniteliğinin değeri geçersiz. Olması gereken: ${expected}.`,
    expected: {
      'supabase-url': 'bir Supabase projesinin adresi, örneğin https://abcdefgh.supabase.co',
      'supabase-key':
        'projenin herkese açık anahtarı (sb_publishable_…) veya anon anahtarı; gizli anahtar asla kullanılmamalı',
      'time-zone': '“viewer”, “provider” veya Europe/Stockholm gibi bir saat dilimi',
      client: 'supabase-js veya createOpenslotClient ile oluşturulmuş bir istemci',
      'phone-prefix': '+46 gibi bir ülke kodu',
    },
    oneOf: list,
    invalidKey: 'Proje, “supabase-key” özniteliğindeki anahtarı kabul etmiyor.',
    notInstalled:
      '“supabase-url” özniteliğindeki proje yanıt veriyor, ancak Openslot bu projeye tam olarak kurulmamış. Lütfen veritabanı geçişlerini uygulayın.',
    outdated: 'Projede Openslot veritabanı geçişlerinin eski bir sürümü var. Lütfen yenilerini uygulayın.',
    noProvider: (provider) =>
      `“${provider}” adlı bir sağlayıcı yok. “provider” özniteliğine slug veya kimlik (id) yazılır.`,
    noService: (service, known) =>
      `“${service}” adlı bir hizmet yok. “service” özniteliğine şunlardan birinin slug değeri veya kimliği (id) yazılır: ${list(known)}.`,
  },
};

export const appointment: AppointmentMessages = {
  booked: 'Randevunuz alındı',
  withWhom: (provider, clinic) => `${provider}, ${clinic}`,
  whatNext: (clinic, email) =>
    email
      ? `Yapmanız gereken başka bir şey yok. Gerektiğinde ${clinic} size ${email} adresinden ulaşır.`
      : 'Yapmanız gereken başka bir şey yok.',

  yours: 'Randevunuz',
  moved: 'Yeni randevunuz alındı',
  movedByClinic: 'Klinik randevunuzun zamanını değiştirdi',
  cancelled: 'Randevunuz iptal edildi',
  cancelledByClinic: 'Klinik bu randevuyu iptal etti',
  begun: 'Randevunuz başladı',
  over: 'Bu randevu sona erdi',
  completed: 'Bu randevu gerçekleşti',
  missed: 'Bu randevuya gelinmedi',

  insteadOf: (when) => `Önceki randevu: ${when}`,
  inZone: (when, zone) => `${zone} saatiyle: ${when}`,
  writes: (clinic) => `${clinic} şunu yazdı:`,
  changeableUntil: (when) => `Online değiştirmek veya iptal etmek için son zaman: ${when}.`,
  notChangeable: (clinic) =>
    `Bu randevu artık online olarak değiştirilemez. Bir engel çıkarsa lütfen ${clinic} ile telefonla görüşün.`,
  notMovable: (clinic) =>
    `Şu anda online olarak yeni saat seçilemiyor. Randevunuzu değiştirmek için lütfen ${clinic} ile telefonla görüşün.`,
  errors: {
    appointment_cancelled: 'Bu randevu daha önce iptal edildi.',
    appointment_past: 'Bu randevu sona erdi, artık değiştirilemez.',
  },
  notFound: NOT_FOUND,
  notFoundHint: 'Bağlantı eksik olabilir. Lütfen e-postanızdaki bağlantıyı bir kez daha açın veya kliniği arayın.',
  bookATime: 'Randevu al',
  offline: (since) => `Çevrimdışısınız. Bilgilerin son güncellenmesi: ${since}.`,
  notUpdating: (since) => `Şu anda kliniğe ulaşılamıyor. Bilgilerin son güncellenmesi: ${since}.`,

  addToCalendar: 'Takvime ekle',
  calendarFile: 'Takvim dosyası',
  googleCalendar: 'Google Takvim',
  outlook: 'Outlook.com',
  opensInNewTab: (name) => `${name}, yeni sekmede açılır`,
  removeFromCalendar: 'Takvimden kaldır',
  eventTitle: (service, provider) => `${service} – ${provider}`,
  print: 'Yazdır',
  reschedule: 'Zamanı değiştir',
  cancel: 'İptal et',
  bookAnother: 'Başka randevu al',

  askCancel: 'Bu randevu iptal edilsin mi?',
  askCancelHint: 'Bu saati hemen başka biri alabilir.',
  reason: 'Kliniğe iletilecek neden',
  optional: OPTIONAL,
  confirmCancel: 'Evet, iptal et',
  keep: 'Randevu kalsın',
  working: 'Lütfen bekleyin…',

  chooseNewTime: (day, time) =>
    `Yeni bir saat seçin. Şimdiki randevunuz o zamana kadar geçerli kalır: ${day}, ${time}.`,
  askMove: 'Randevunuzun zamanı değişsin mi?',
  moveFrom: 'Eski',
  moveTo: 'Yeni',
  confirmMove: (time) => `${time} saatine taşı`,
  otherTime: 'Başka saat seç',
};

export const week: WeekMessages = {
  month: 'Ay',
  previous: 'Önceki hafta',
  next: 'Sonraki hafta',
  nothing: 'Uygun saat yok',
  moreTimes: (number) => count(number, { one: '# tane daha', other: '# tane daha' }),
};

export const zones: ZonesMessages = {
  title: 'Saat dilimi',
  close: 'Kapat',
  search: 'Şehir ara',
  yours: 'Sizin saat diliminiz',
  clinics: 'Kliniğin saat dilimi',
  others: 'Tüm saat dilimleri',
  found: (number) =>
    number > 0 ? count(number, { one: '# saat dilimi', other: '# saat dilimi' }) : 'Saat dilimi bulunamadı',
  none: (query) => `“${query}” için saat dilimi bulunamadı. Yakındaki daha büyük bir şehri deneyin.`,
};

export const questions: QuestionsMessages = {
  choose: 'Lütfen seçin…',
  missing: 'Lütfen bu soruyu yanıtlayın.',
  choiceMissing: 'Lütfen bunlardan birini seçin.',
  choicesMissing: 'Lütfen bunlardan en az birini seçin.',
  tickMissing: 'Devam etmek için lütfen bu kutuyu işaretleyin.',
  dateMissing: 'Lütfen bir tarih girin.',
  tooLong: (most) =>
    count(most, { one: 'Lütfen en fazla # karakter yazın.', other: 'Lütfen en fazla # karakter yazın.' }),
};

export const notifications = async (): Promise<InboxMessages> => (await import('./notifications.ts')).notifications;
