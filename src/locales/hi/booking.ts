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

const count = plurals('hi');

function list(values: readonly string[]): string {
  return new Intl.ListFormat('hi', { type: 'disjunction' }).format(values.map((value) => `“${value}”`));
}

const timesFree = (number: number) =>
  number > 0 ? count(number, { one: '# समय उपलब्ध', other: '# समय उपलब्ध' }) : 'कोई समय उपलब्ध नहीं';

const OFFLINE = 'आप ऑफ़लाइन हैं।';
const NO_CLINIC = 'अभी क्लिनिक से संपर्क नहीं हो पा रहा है।';

export const messages: Messages = {
  lang: 'hi',

  widget: (provider) => `अपॉइंटमेंट बुक करें: ${provider}`,
  loading: 'उपलब्ध समय लोड हो रहे हैं',
  loadingAppointment: 'आपका अपॉइंटमेंट लोड हो रहा है',
  peopleViewing: (number, capped) =>
    capped
      ? count(number, { one: '#+ लोग देख रहे हैं', other: '#+ लोग देख रहे हैं' })
      : count(number, { one: '# व्यक्ति देख रहे हैं', other: '# लोग देख रहे हैं' }),
  peopleViewingShort: (number, capped) =>
    capped ? count(number, { one: '#+ लोग', other: '#+ लोग' }) : count(number, { one: '# व्यक्ति', other: '# लोग' }),
  connection: {
    live: 'लाइव',
    connecting: 'कनेक्ट हो रहा है',
    polling: 'नियमित रूप से अपडेट',
    offline: 'ऑफ़लाइन',
  },

  services: 'सेवा',
  previousMonth: 'पिछला महीना',
  nextMonth: 'अगला महीना',
  showWeek: 'सप्ताह',
  legend: 'पट्टी दिखाती है कि दिन का कितना हिस्सा खाली है।',
  chooseDay: 'समय देखने के लिए कोई दिन चुनें।',
  timesFree,
  dayWithTimes: (date, free) => `${date}, ${timesFree(free)}`,
  dayAndTime: (day, time) => `${day}, ${time}`,
  morning: 'सुबह',
  afternoon: 'दोपहर',
  evening: 'शाम',
  takenTime: (time) => `${time}, बुक हो चुका`,
  justTaken: (time) => `${time} का समय अभी-अभी बुक हो गया।`,

  timesShownIn: 'टाइम ज़ोन:',
  showInZone: (zone) => `${zone} के समय में देखें`,
  nextFree: 'अगला उपलब्ध समय:',

  noTimesInMonth: (month) => `${month} में कोई समय उपलब्ध नहीं है।`,
  noTimesOnDay: (day) => `${day} को कोई समय उपलब्ध नहीं है।`,
  noTimesAtAll: 'अभी कोई समय उपलब्ध नहीं है। कोई समय खाली होते ही यहाँ अपने-आप दिखेगा।',
  next: (day) => `अगला: ${day}`,
  offline: (since) => `${OFFLINE} ये समय ${since} की जानकारी के अनुसार हैं।`,
  notUpdating: (since) => `${NO_CLINIC} ये समय ${since} की जानकारी के अनुसार हैं।`,
  unreachable: 'क्लिनिक से संपर्क नहीं हो पा रहा है। कृपया अपना इंटरनेट कनेक्शन जाँचें और फिर कोशिश करें।',
  tryAgain: 'फिर कोशिश करें',
};

const RETRY = 'कृपया थोड़ी देर बाद फिर कोशिश करें।';
const CHOOSE_ANOTHER = 'कृपया कोई दूसरा समय चुनें।';
const UNAVAILABLE = 'ऑनलाइन बुकिंग अभी उपलब्ध नहीं है।';
const NOT_SET_UP = 'ऑनलाइन बुकिंग अभी तैयार नहीं है।';
const NOT_FOUND = 'यह अपॉइंटमेंट नहीं मिला।';
const NOTHING_TO_DO = 'आपको और कुछ नहीं करना है।';
const OPTIONAL = 'वैकल्पिक';

export const details: DetailsMessages = {
  back: 'समय की सूची पर लौटें',
  serviceLine: (service, duration, provider) => `${service}, ${duration} · ${provider}`,
  holding: 'यह समय आपके लिए रोका जा रहा है…',
  heldForYou: 'आपके लिए रोका गया है।',
  heldFor: (remaining) => `बाकी समय: ${remaining}`,
  holdLeft: (seconds) =>
    count(seconds, {
      one: 'यह समय # सेकंड और आपके लिए रोका गया है।',
      other: 'यह समय # सेकंड और आपके लिए रोका गया है।',
    }),
  moreTime: 'और समय लें',
  holdEnded: (time) => `${time} का समय अब आपके लिए रोका हुआ नहीं है, पर अभी भी उपलब्ध है।`,
  holdAgain: 'फिर से रोकें',
  notHeld: 'यह समय आपके लिए रोका हुआ नहीं है, पर जब तक उपलब्ध है, इसे बुक किया जा सकता है।',
  name: 'पूरा नाम',
  email: 'ईमेल',
  phone: 'फ़ोन',
  note: 'अपॉइंटमेंट किस लिए है?',
  optional: OPTIONAL,
  nameMissing: 'कृपया अपना नाम लिखें।',
  emailMissing: 'कृपया अपना ईमेल पता लिखें।',
  emailWrong: 'कृपया name@example.com जैसा ईमेल पता लिखें।',
  phoneWrong: 'कृपया +91 98765 43210 जैसा फ़ोन नंबर लिखें।',
  book: (time) => `${time} बुक करें`,
  booking: (time) => `${time} बुक हो रहा है…`,

  takenKept: 'आपकी भरी हुई जानकारी सुरक्षित है।',
  takenNearest: 'सबसे नज़दीकी उपलब्ध समय:',
  takenNone: 'अभी कोई और समय उपलब्ध नहीं है।',

  errors: {
    invalid_argument: 'आपकी दी हुई कोई जानकारी सही नहीं लग रही है। कृपया उसे जाँच लें।',
    provider_not_found: UNAVAILABLE,
    service_not_found: 'यह सेवा अब ऑनलाइन बुक नहीं की जा सकती। कृपया कोई दूसरी सेवा चुनें।',
    appointment_not_found: NOT_FOUND,
    slot_taken: `यह समय किसी और ने अभी-अभी बुक कर लिया। ${CHOOSE_ANOTHER}`,
    outside_hours: `क्लिनिक में यह समय अब उपलब्ध नहीं है। ${CHOOSE_ANOTHER}`,
    outside_window: `यह समय अभी बहुत दूर है, इसकी बुकिंग शुरू नहीं हुई है। ${CHOOSE_ANOTHER}`,
    too_soon: `इस समय की ऑनलाइन बुकिंग बंद हो चुकी है। ${CHOOSE_ANOTHER}`,
    daily_limit_reached: 'इस दिन की सारी बुकिंग भर चुकी है। कृपया कोई दूसरा दिन चुनें।',
    hold_limit_reached: 'यह समय और देर तक नहीं रोका जा सकता। कृपया इसे अभी बुक करें।',
    request_id_reused: RETRY,
    rate_limited: 'यहाँ से बहुत बार कोशिश हुई है। कृपया कुछ देर रुकें या क्लिनिक को फ़ोन करें।',
    missing_config: NOT_SET_UP,
    invalid_config: NOT_SET_UP,
    invalid_key: UNAVAILABLE,
    not_installed: UNAVAILABLE,
    schema_outdated: UNAVAILABLE,
    project_unavailable: `क्लिनिक का बुकिंग सिस्टम थोड़ी देर के लिए बंद है। ${RETRY}`,
    network: messages.unreachable,
    bad_response: `बुकिंग सिस्टम से सही जवाब नहीं मिला। ${RETRY}`,
    realtime_refused: 'लाइव अपडेट उपलब्ध नहीं हैं। इसके बजाय समय नियमित रूप से अपडेट होते हैं।',
    aborted: RETRY,
    unknown: `कुछ गड़बड़ हो गई। ${RETRY}`,
  },

  setup: {
    title: 'इस बुकिंग विजेट का सेटअप अभी पूरा नहीं हुआ है',
    missing: (attribute) => `एट्रिब्यूट “${attribute}” नहीं दिया गया है।`,
    invalid: (attribute, expected) => `एट्रिब्यूट “${attribute}” का मान सही नहीं है। यहाँ यह होना चाहिए: ${expected}।`,
    expected: {
      'supabase-url': 'किसी Supabase प्रोजेक्ट का URL, जैसे https://abcdefgh.supabase.co',
      'supabase-key': 'प्रोजेक्ट की सार्वजनिक कुंजी (sb_publishable_…) या उसकी anon कुंजी, गोपनीय कुंजी कभी नहीं',
      'time-zone': '“viewer”, “provider” या Europe/Stockholm जैसा कोई टाइम ज़ोन',
      client: 'supabase-js या createOpenslotClient से बना क्लाइंट',
      'phone-prefix': '+46 जैसा कोई देश कोड',
    },
    oneOf: list,
    invalidKey: 'प्रोजेक्ट ने एट्रिब्यूट “supabase-key” की कुंजी स्वीकार नहीं की।',
    notInstalled:
      'एट्रिब्यूट “supabase-url” वाला प्रोजेक्ट जवाब दे रहा है, पर उस पर Openslot पूरी तरह इंस्टॉल नहीं है। कृपया उसके माइग्रेशन लागू करें।',
    outdated: 'प्रोजेक्ट में Openslot के माइग्रेशन का पुराना संस्करण है। कृपया नए माइग्रेशन लागू करें।',
    noProvider: (provider) => `“${provider}” नाम का कोई प्रदाता नहीं है। एट्रिब्यूट “provider” में स्लग या आईडी दी जाती है।`,
    noService: (service, known) =>
      `“${service}” नाम की कोई सेवा नहीं है। एट्रिब्यूट “service” में इनमें से किसी एक का स्लग या आईडी दी जाती है: ${list(known)}।`,
  },
};

export const appointment: AppointmentMessages = {
  booked: 'आपका अपॉइंटमेंट बुक हो गया',
  withWhom: (provider, clinic) => `${provider}, ${clinic}`,
  whatNext: (clinic, email) =>
    email ? `${NOTHING_TO_DO} ज़रूरत होने पर ${clinic} से संदेश ${email} पर आएगा।` : NOTHING_TO_DO,

  yours: 'आपका अपॉइंटमेंट',
  moved: 'आपका नया समय बुक हो गया',
  movedByClinic: 'क्लिनिक ने आपके अपॉइंटमेंट का समय बदल दिया है',
  cancelled: 'आपका अपॉइंटमेंट रद्द हो गया',
  cancelledByClinic: 'क्लिनिक ने यह अपॉइंटमेंट रद्द कर दिया है',
  begun: 'आपका अपॉइंटमेंट शुरू हो गया है',
  over: 'इस अपॉइंटमेंट का समय बीत चुका है',
  completed: 'यह अपॉइंटमेंट पूरा हो चुका है',
  missed: 'यह अपॉइंटमेंट छूट गया',

  insteadOf: (when) => `पहले का समय: ${when}`,
  inZone: (when, zone) => `${zone} के समय के अनुसार: ${when}`,
  writes: (clinic) => `${clinic} का संदेश:`,
  changeableUntil: (when) => `ऑनलाइन बदलने या रद्द करने का आख़िरी समय: ${when}।`,
  notChangeable: (clinic) => `इसे अब ऑनलाइन नहीं बदला जा सकता। कोई दिक्कत हो, तो कृपया ${clinic} को फ़ोन करें।`,
  notMovable: (clinic) => `अभी ऑनलाइन नया समय नहीं चुना जा सकता। समय बदलने के लिए कृपया ${clinic} को फ़ोन करें।`,
  errors: {
    appointment_cancelled: 'यह अपॉइंटमेंट पहले ही रद्द हो चुका है।',
    appointment_past: 'इस अपॉइंटमेंट का समय बीत चुका है, अब इसे बदला नहीं जा सकता।',
  },
  notFound: NOT_FOUND,
  notFoundHint: 'हो सकता है कि लिंक अधूरा हो। कृपया उसे अपने ईमेल से एक बार फिर खोलें या क्लिनिक को फ़ोन करें।',
  bookATime: 'अपॉइंटमेंट बुक करें',
  offline: (since) => `${OFFLINE} यह जानकारी ${since} तक की है।`,
  notUpdating: (since) => `${NO_CLINIC} यह जानकारी ${since} तक की है।`,

  addToCalendar: 'कैलेंडर में जोड़ें',
  calendarFile: 'कैलेंडर फ़ाइल',
  googleCalendar: 'Google Calendar',
  outlook: 'Outlook.com',
  opensInNewTab: (name) => `${name}, नए टैब में खुलेगा`,
  removeFromCalendar: 'कैलेंडर से हटाएँ',
  eventTitle: (service, provider) => `${service}, ${provider} के साथ`,
  print: 'प्रिंट करें',
  reschedule: 'समय बदलें',
  cancel: 'रद्द करें',
  bookAnother: 'एक और बुक करें',

  askCancel: 'यह अपॉइंटमेंट रद्द करना है?',
  askCancelHint: 'हो सकता है कि यह समय तुरंत कोई और बुक कर ले।',
  reason: 'कारण, क्लिनिक की जानकारी के लिए',
  optional: OPTIONAL,
  confirmCancel: 'हाँ, रद्द करें',
  keep: 'बनाए रखें',
  working: 'एक पल रुकें…',

  chooseNewTime: (day, time) => `नया समय चुनें। तब तक आपका मौजूदा समय बना रहेगा: ${day}, ${time}।`,
  askMove: 'अपॉइंटमेंट का समय बदलना है?',
  moveFrom: 'पुराना',
  moveTo: 'नया',
  confirmMove: (time) => `बदलकर ${time} करें`,
  otherTime: 'दूसरा समय चुनें',
};

export const week: WeekMessages = {
  month: 'महीना',
  previous: 'पिछला सप्ताह',
  next: 'अगला सप्ताह',
  nothing: 'कोई समय उपलब्ध नहीं',
  moreTimes: (number) => count(number, { one: '# और', other: '# और' }),
};

export const zones: ZonesMessages = {
  title: 'टाइम ज़ोन',
  close: 'बंद करें',
  search: 'शहर खोजें',
  yours: 'आपका टाइम ज़ोन',
  clinics: 'क्लिनिक का टाइम ज़ोन',
  others: 'सभी टाइम ज़ोन',
  found: (number) => (number > 0 ? count(number, { one: '# टाइम ज़ोन', other: '# टाइम ज़ोन' }) : 'कोई टाइम ज़ोन नहीं'),
  none: (query) => `“${query}” के लिए कोई टाइम ज़ोन नहीं मिला। आसपास का कोई बड़ा शहर आज़माएँ।`,
};

export const questions: QuestionsMessages = {
  choose: 'कृपया चुनें…',
  missing: 'कृपया इस सवाल का जवाब दें।',
  choiceMissing: 'कृपया इनमें से कोई एक चुनें।',
  choicesMissing: 'कृपया इनमें से कम से कम एक चुनें।',
  tickMissing: 'आगे बढ़ने के लिए कृपया इस बॉक्स पर निशान लगाएँ।',
  dateMissing: 'कृपया तारीख भरें।',
  tooLong: (most) =>
    count(most, {
      one: 'कृपया ज़्यादा से ज़्यादा # अक्षर लिखें।',
      other: 'कृपया ज़्यादा से ज़्यादा # अक्षर लिखें।',
    }),
};

export const notifications = async (): Promise<InboxMessages> => (await import('./notifications.ts')).notifications;
