import type { InboxMessages } from '../types.ts';
import { plurals } from '../plurals.ts';

const count = plurals('hi');

const RETRY = 'कृपया थोड़ी देर बाद फिर कोशिश करें।';

export const notifications: InboxMessages = {
  title: 'सूचनाएँ',
  titleWithUnread: (unread) => count(unread, { one: 'सूचनाएँ, # नहीं पढ़ी गई', other: 'सूचनाएँ, # नहीं पढ़ी गईं' }),
  markAll: 'सभी को पढ़ा हुआ मानें',
  close: 'बंद करें',
  loading: 'सूचनाएँ लोड हो रही हैं',
  tryAgain: 'फिर कोशिश करें',

  today: 'आज',
  yesterday: 'कल',
  justNow: 'अभी-अभी',
  isNew: 'नई:',
  message: (text) => `“${text}”`,
  about: (service, provider) => `${service} · ${provider}`,
  somebody: 'किसी मरीज़',
  toMember: {
    booked: (patient, when) => `${patient} ने अपॉइंटमेंट बुक किया: ${when}`,
    bookedByClinic: (patient, when) => `क्लिनिक ने ${patient} के लिए अपॉइंटमेंट बुक किया: ${when}`,
    cancelled: (patient, when) => `${patient} ने अपॉइंटमेंट रद्द किया: ${when}`,
    cancelledByClinic: (patient, when) => `क्लिनिक ने ${patient} का अपॉइंटमेंट रद्द किया: ${when}`,
    moved: (patient, from, to) => `${patient} ने समय बदला: ${from} की जगह ${to}`,
    movedByClinic: (patient, from, to) => `क्लिनिक ने ${patient} का समय बदला: ${from} की जगह ${to}`,
    movedWithinDay: (patient, from, to, day) => `${patient} ने समय बदला: ${day}, ${from} की जगह ${to}`,
    movedWithinDayByClinic: (patient, from, to, day) => `क्लिनिक ने ${patient} का समय बदला: ${day}, ${from} की जगह ${to}`,
    reminder: (patient, when) => `${patient} का अपॉइंटमेंट आने वाला है: ${when}`,
  },
  toPatient: {
    booked: (_clinic, when) => `आपने अपॉइंटमेंट बुक किया: ${when}`,
    bookedByClinic: (clinic, when) => `${clinic} ने आपके लिए अपॉइंटमेंट बुक किया: ${when}`,
    cancelled: (_clinic, when) => `आपने अपॉइंटमेंट रद्द किया: ${when}`,
    cancelledByClinic: (clinic, when) => `${clinic} ने आपका अपॉइंटमेंट रद्द किया: ${when}`,
    moved: (_clinic, from, to) => `आपने अपॉइंटमेंट का समय बदला: ${from} की जगह ${to}`,
    movedByClinic: (clinic, from, to) => `${clinic} ने आपके अपॉइंटमेंट का समय बदला: ${from} की जगह ${to}`,
    movedWithinDay: (_clinic, from, to, day) => `आपने अपॉइंटमेंट का समय बदला: ${day}, ${from} की जगह ${to}`,
    movedWithinDayByClinic: (clinic, from, to, day) =>
      `${clinic} ने आपके अपॉइंटमेंट का समय बदला: ${day}, ${from} की जगह ${to}`,
    reminder: (_clinic, when) => `आपका अपॉइंटमेंट आने वाला है: ${when}`,
  },

  empty: 'अभी कोई सूचना नहीं',
  emptyForMember: 'मरीज़ जो भी बुक करते, बदलते या रद्द करते हैं, वह यहाँ अपने-आप दिखता है।',
  emptyForPatient: 'अगर क्लिनिक आपके अपॉइंटमेंट में कुछ बदलता है, तो वह यहाँ तुरंत दिखेगा।',
  older: 'पुरानी सूचनाएँ देखें',
  loadingOlder: 'पुरानी सूचनाएँ लोड हो रही हैं…',
  olderFailed: 'पुरानी सूचनाएँ लोड नहीं हो सकीं।',

  toasts: 'अभी-अभी क्या हुआ',
  dismiss: (what) => `हटाएँ: ${what}`,
  summary: (number) => count(number, { one: '# नई सूचना', other: '# नई सूचनाएँ' }),
  show: 'देखें',

  offline: 'आप ऑफ़लाइन हैं। इस बीच जो होगा, वह कनेक्शन लौटते ही यहाँ दिखेगा।',
  notLive: 'अभी लाइव नहीं: हर कुछ सेकंड में अपडेट होता है।',
  signedOut: 'नई सूचनाएँ देखने के लिए साइन इन करें।',
  unknownToken: 'यह अपॉइंटमेंट नहीं मिला। कृपया अपने सबसे नए ईमेल में दिया गया लिंक इस्तेमाल करें।',
  tooMany: 'एक साथ बहुत ज़्यादा कोशिशें हो गईं। कृपया थोड़ा रुकें।',
  unreachable: 'क्लिनिक से संपर्क नहीं हो पा रहा है। कृपया अपना इंटरनेट कनेक्शन जाँचें और फिर कोशिश करें।',
  unknown: `कुछ गड़बड़ हो गई। ${RETRY}`,

  push: {
    title: 'इस डिवाइस पर',
    states: {
      unsupported: 'पेज बंद होने पर यह ब्राउज़र आपको सूचनाएँ नहीं दिखा सकता।',
      install:
        'पेज बंद होने पर भी सूचनाएँ पाने के लिए इसे होम स्क्रीन पर जोड़ें: “शेयर करें” पर टैप करें, फिर “होम स्क्रीन में जोड़ें” पर, और पेज को वहीं से खोलें।',
      off: 'यह पेज बंद होने पर भी यहाँ सूचनाएँ पाएँ।',
      asking: 'आपका ब्राउज़र पूछ रहा है: कृपया सूचनाओं की अनुमति दें।',
      on: 'यह पेज बंद होने पर भी आपको यहाँ सूचनाएँ मिलती हैं।',
      denied:
        'आपका ब्राउज़र इस पेज की सूचनाएँ रोक रहा है। इसे बदलने के लिए एड्रेस बार के पास की सेटिंग खोलें, सूचनाओं की अनुमति दें और पेज फिर से लोड करें।',
      failed: `यह नहीं हो सका। ${RETRY}`,
    },
    turnOn: 'चालू करें',
    turnOff: 'बंद करें',
  },

  setup: {
    title: 'इन सूचनाओं का सेटअप अभी पूरा नहीं हुआ है',
    missing: (attribute) => `एट्रिब्यूट “${attribute}” नहीं दिया गया है।`,
    invalid: (attribute) => `एट्रिब्यूट “${attribute}” का मान सही नहीं है।`,
    invalidKey: 'प्रोजेक्ट ने एट्रिब्यूट “supabase-key” की कुंजी स्वीकार नहीं की।',
    notInstalled: 'प्रोजेक्ट जवाब दे रहा है, पर उस पर Openslot पूरी तरह इंस्टॉल नहीं है। कृपया सबसे नए माइग्रेशन लागू करें।',
  },
};
