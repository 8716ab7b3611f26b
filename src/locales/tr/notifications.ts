import type { InboxMessages } from '../types.ts';
import { plurals } from '../plurals.ts';

const count = plurals('tr');

const RETRY = 'Lütfen biraz sonra yeniden deneyin.';

export const notifications: InboxMessages = {
  title: 'Bildirimler',
  titleWithUnread: (unread) => count(unread, { one: 'Bildirimler, # okunmamış', other: 'Bildirimler, # okunmamış' }),
  markAll: 'Tümünü okundu işaretle',
  close: 'Kapat',
  loading: 'Bildirimler yükleniyor',
  tryAgain: 'Yeniden dene',

  today: 'Bugün',
  yesterday: 'Dün',
  justNow: 'az önce',
  isNew: 'Yeni:',
  message: (text) => `“${text}”`,
  about: (service, provider) => `${service} · ${provider}`,
  somebody: 'Bir hasta',
  toMember: {
    booked: (patient, when) => `${patient} randevu aldı: ${when}`,
    bookedByClinic: (patient, when) => `Klinik randevu verdi: ${patient}, ${when}`,
    cancelled: (patient, when) => `${patient} randevusunu iptal etti: ${when}`,
    cancelledByClinic: (patient, when) => `Klinik randevuyu iptal etti: ${patient}, ${when}`,
    moved: (patient, from, to) => `${patient} randevusunu değiştirdi: ${from} yerine ${to}`,
    movedByClinic: (patient, from, to) => `Klinik randevuyu değiştirdi: ${patient}, ${from} yerine ${to}`,
    movedWithinDay: (patient, from, to, day) => `${patient} randevusunu değiştirdi: ${day}, ${from} yerine ${to}`,
    movedWithinDayByClinic: (patient, from, to, day) =>
      `Klinik randevuyu değiştirdi: ${patient}, ${day}, ${from} yerine ${to}`,
    reminder: (patient, when) => `Yaklaşan randevu: ${patient}, ${when}`,
  },
  toPatient: {
    booked: (_clinic, when) => `Randevu aldınız: ${when}`,
    bookedByClinic: (clinic, when) => `${clinic} size randevu verdi: ${when}`,
    cancelled: (_clinic, when) => `Randevunuzu iptal ettiniz: ${when}`,
    cancelledByClinic: (clinic, when) => `${clinic} randevunuzu iptal etti: ${when}`,
    moved: (_clinic, from, to) => `Randevunuzu değiştirdiniz: ${from} yerine ${to}`,
    movedByClinic: (clinic, from, to) => `${clinic} randevunuzu değiştirdi: ${from} yerine ${to}`,
    movedWithinDay: (_clinic, from, to, day) => `Randevunuzu değiştirdiniz: ${day}, ${from} yerine ${to}`,
    movedWithinDayByClinic: (clinic, from, to, day) => `${clinic} randevunuzu değiştirdi: ${day}, ${from} yerine ${to}`,
    reminder: (_clinic, when) => `Yaklaşan randevunuz: ${when}`,
  },

  empty: 'Henüz bildirim yok',
  emptyForMember: 'Hastaların aldığı, değiştirdiği ve iptal ettiği randevular burada kendiliğinden görünür.',
  emptyForPatient: 'Klinik randevunuzu değiştirirse bunu hemen burada görürsünüz.',
  older: 'Daha eskileri göster',
  loadingOlder: 'Daha eskiler yükleniyor…',
  olderFailed: 'Daha eski bildirimler yüklenemedi.',

  toasts: 'Az önce olanlar',
  dismiss: (what) => `Kapat: ${what}`,
  summary: (number) => count(number, { one: '# yeni bildirim', other: '# yeni bildirim' }),
  show: 'Göster',

  offline: 'Çevrimdışısınız. Bu arada olanlar, bağlantınız geri gelir gelmez görünür.',
  notLive: 'Şu anda canlı değil: birkaç saniyede bir güncelleniyor.',
  signedOut: 'Yenilikleri görmek için oturum açın.',
  unknownToken: 'Bu randevu bulunamadı. Lütfen size gelen son e-postadaki bağlantıyı kullanın.',
  tooMany: 'Kısa sürede çok fazla deneme yapıldı. Lütfen biraz bekleyin.',
  unreachable: 'Kliniğe ulaşılamıyor. Lütfen bağlantınızı kontrol edip yeniden deneyin.',
  unknown: `Bir sorun oluştu. ${RETRY}`,

  push: {
    title: 'Bu cihazda',
    states: {
      unsupported: 'Bu tarayıcı, sayfa kapalıyken size bildirim gönderemiyor.',
      install:
        'Sayfa kapalıyken de bildirim almak için sayfayı ana ekranınıza ekleyin: önce “Paylaş”, sonra “Ana Ekrana Ekle” seçeneğine dokunun ve sayfayı oradan açın.',
      off: 'Bu sayfa kapalıyken de burada bildirim alın.',
      asking: 'Tarayıcınız soruyor: lütfen bildirimlere izin verin.',
      on: 'Bu sayfa kapalıyken de burada bildirim alıyorsunuz.',
      denied:
        'Tarayıcınız bu sayfanın bildirim göndermesine izin vermiyor. Bunu değiştirmek için adres çubuğunun yanındaki ayarları açın, bildirimlere izin verin ve sayfayı yeniden yükleyin.',
      failed: `Bu işe yaramadı. ${RETRY}`,
    },
    turnOn: 'Aç',
    turnOff: 'Kapat',
  },

  setup: {
    title: 'Bu bildirimlerin kurulumu henüz tamamlanmadı',
    missing: (attribute) => `“${attribute}” özniteliği eksik.`,
    invalid: (attribute) => `“${attribute}” özniteliğinin değeri geçersiz.`,
    invalidKey: 'Proje, “supabase-key” özniteliğindeki anahtarı kabul etmiyor.',
    notInstalled:
      'Proje yanıt veriyor, ancak Openslot bu projeye tam olarak kurulmamış. Lütfen en yeni veritabanı geçişlerini uygulayın.',
  },
};
