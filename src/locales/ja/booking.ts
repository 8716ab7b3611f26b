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

const count = plurals('ja');

function list(values: readonly string[]): string {
  return new Intl.ListFormat('ja', { type: 'disjunction' }).format(values.map((value) => `「${value}」`));
}

const timesFree = (number: number) => (number > 0 ? count(number, { other: '空き#件' }) : '空きなし');

const OFFLINE = 'オフラインです。';
const NO_CLINIC = '現在、クリニックに接続できません。';

export const messages: Messages = {
  lang: 'ja',

  widget: (provider) => `${provider}の予約`,
  loading: '空き時間を読み込んでいます',
  loadingAppointment: '予約を読み込んでいます',
  peopleViewing: (number, capped) => count(number, { other: capped ? '#人以上が閲覧中' : '#人が閲覧中' }),
  peopleViewingShort: (number, capped) => count(number, { other: capped ? '#人以上閲覧中' : '#人閲覧中' }),
  connection: { live: 'リアルタイム', connecting: '接続中', polling: '定期的に更新', offline: 'オフライン' },

  services: 'サービス',
  previousMonth: '前の月',
  nextMonth: '次の月',
  showWeek: '週表示',
  legend: 'バーは、その日の空き具合を表します。',
  chooseDay: '日付を選ぶと、空き時間が表示されます。',
  timesFree,
  dayWithTimes: (date, free) => `${date}、${timesFree(free)}`,
  dayAndTime: (day, time) => `${day} ${time}`,
  morning: '午前',
  afternoon: '午後',
  evening: '夕方以降',
  takenTime: (time) => `${time}、予約済み`,
  justTaken: (time) => `${time}はたった今埋まりました。`,

  timesShownIn: 'タイムゾーン：',
  showInZone: (zone) => `${zone} の時間で表示`,
  nextFree: '次の空き：',

  noTimesInMonth: (month) => `${month}は空きがありません。`,
  noTimesOnDay: (day) => `${day}は空きがありません。`,
  noTimesAtAll: '現在、空きがありません。空きが出ると、ここに自動で表示されます。',
  next: (day) => `次の空き：${day}`,
  offline: (since) => `${OFFLINE}${since}時点の空き状況です。`,
  notUpdating: (since) => `${NO_CLINIC}${since}時点の空き状況です。`,
  unreachable: 'クリニックに接続できません。通信状況を確認して、もう一度お試しください。',
  tryAgain: 'もう一度試す',
};

const RETRY = '少し待ってから、もう一度お試しください。';
const CHOOSE_ANOTHER = '別の時間をお選びください。';
const UNAVAILABLE = '現在、オンライン予約をご利用いただけません。';
const NOT_SET_UP = 'オンライン予約は現在準備中です。';
const NOT_FOUND = 'この予約が見つかりません。';
const NOTHING_TO_DO = 'お手続きは以上です。';
const OPTIONAL = '任意';

export const details: DetailsMessages = {
  back: '時間の選択に戻る',
  serviceLine: (service, duration, provider) => `${service}、${duration} · ${provider}`,
  holding: 'この時間を確保しています…',
  heldForYou: 'この時間を確保しました',
  heldFor: (remaining) => `残り ${remaining}`,
  holdLeft: (seconds) => count(seconds, { other: 'この時間の確保は残り#秒です。' }),
  moreTime: '時間を延長',
  holdEnded: (time) => `${time}の確保は終了しましたが、まだ空いています。`,
  holdAgain: 'もう一度確保',
  notHeld: 'この時間は確保されていませんが、空いていれば予約できます。',
  name: 'お名前',
  email: 'メールアドレス',
  phone: '電話番号',
  note: 'ご相談内容',
  optional: OPTIONAL,
  nameMissing: 'お名前を入力してください。',
  emailMissing: 'メールアドレスを入力してください。',
  emailWrong: 'メールアドレスは name@example.com のような形式で入力してください。',
  phoneWrong: '電話番号は 090-1234-5678 のような形式で入力してください。',
  book: (time) => `${time}に予約する`,
  booking: (time) => `${time}に予約しています…`,

  takenKept: '入力内容は残っています。',
  takenNearest: '近い空き時間：',
  takenNone: '現在、ほかに空きはありません。',

  errors: {
    invalid_argument: '入力内容に使用できないものがあります。ご確認ください。',
    provider_not_found: UNAVAILABLE,
    service_not_found: 'このサービスはオンラインで予約できなくなりました。別のサービスをお選びください。',
    appointment_not_found: NOT_FOUND,
    slot_taken: `ひと足先に、ほかの方が予約されました。${CHOOSE_ANOTHER}`,
    outside_hours: `この時間は現在受け付けていません。${CHOOSE_ANOTHER}`,
    outside_window: `この時間の予約はまだ受け付けていません。${CHOOSE_ANOTHER}`,
    too_soon: `この時間のオンライン予約は締め切りました。${CHOOSE_ANOTHER}`,
    daily_limit_reached: 'この日の予約はすべて埋まっています。別の日をお選びください。',
    hold_limit_reached: 'この時間の確保はこれ以上延長できません。今すぐご予約ください。',
    request_id_reused: RETRY,
    rate_limited: '操作の回数が多すぎます。しばらく待つか、クリニックにお電話ください。',
    missing_config: NOT_SET_UP,
    invalid_config: NOT_SET_UP,
    invalid_key: UNAVAILABLE,
    not_installed: UNAVAILABLE,
    schema_outdated: UNAVAILABLE,
    project_unavailable: `クリニックの予約システムが一時的に停止しています。${RETRY}`,
    network: messages.unreachable,
    bad_response: `予約システムから正しい応答がありませんでした。${RETRY}`,
    realtime_refused: 'リアルタイム更新をご利用いただけません。代わりに、空き状況を定期的に更新しています。',
    aborted: RETRY,
    unknown: `問題が発生しました。${RETRY}`,
  },

  setup: {
    title: 'この予約ウィジェットの設定はまだ完了していません',
    missing: (attribute) => `属性「${attribute}」がありません。`,
    invalid: (attribute, expected) => `属性「${attribute}」の値が正しくありません。指定できる値：${expected}。`,
    expected: {
      'supabase-url': 'Supabase プロジェクトの URL（例：https://abcdefgh.supabase.co）',
      'supabase-key':
        'プロジェクトの公開キー（sb_publishable_…）または anon キー（シークレットキーは使わないでください）',
      'time-zone': '「viewer」、「provider」、または Europe/Stockholm のようなタイムゾーン',
      client: 'supabase-js または createOpenslotClient で作成したクライアント',
      'phone-prefix': '+46 のような国番号',
    },
    oneOf: list,
    invalidKey: '属性「supabase-key」のキーがプロジェクトに拒否されました。',
    notInstalled:
      '属性「supabase-url」のプロジェクトは応答していますが、Openslot が完全にはインストールされていません。マイグレーションを適用してください。',
    outdated: 'プロジェクトの Openslot のマイグレーションが古いバージョンです。新しいものを適用してください。',
    noProvider: (provider) =>
      `プロバイダー「${provider}」はありません。属性「provider」にはスラッグまたは ID を指定します。`,
    noService: (service, known) =>
      `サービス「${service}」はありません。属性「service」には、次のいずれかのスラッグまたは ID を指定します：${list(known)}。`,
  },
};

export const appointment: AppointmentMessages = {
  booked: 'ご予約が完了しました',
  withWhom: (provider, clinic) => `${provider}、${clinic}`,
  whatNext: (clinic, email) =>
    email ? `${NOTHING_TO_DO}${clinic}からのご連絡は ${email} にお送りします。` : NOTHING_TO_DO,

  yours: 'ご予約',
  moved: '新しい日時でご予約が完了しました',
  movedByClinic: 'クリニックがご予約の日時を変更しました',
  cancelled: 'ご予約はキャンセルされました',
  cancelledByClinic: 'クリニックがこの予約をキャンセルしました',
  begun: 'ご予約の時間になりました',
  over: 'この予約は終了しました',
  completed: 'ご来院済みの予約です',
  missed: 'ご来院のなかった予約です',

  insteadOf: (when) => `変更前：${when}`,
  inZone: (when, zone) => `${zone} の時間では${when}`,
  writes: (clinic) => `${clinic}からのメッセージ：`,
  changeableUntil: (when) => `オンラインでの変更・キャンセルは${when}まで可能です。`,
  notChangeable: (clinic) =>
    `オンラインでの変更は締め切りました。ご都合が悪くなった場合は、${clinic}にお電話ください。`,
  notMovable: (clinic) =>
    `現在、オンラインでは新しい日時を選べません。変更をご希望の場合は、${clinic}にお電話ください。`,
  errors: {
    appointment_cancelled: 'この予約はすでにキャンセルされています。',
    appointment_past: 'この予約は終了しているため、変更できません。',
  },
  notFound: NOT_FOUND,
  notFoundHint: 'リンクが途中で切れている可能性があります。メールからもう一度開くか、クリニックにお電話ください。',
  bookATime: '予約する',
  offline: (since) => `${OFFLINE}${since}時点の情報です。`,
  notUpdating: (since) => `${NO_CLINIC}${since}時点の情報です。`,

  addToCalendar: 'カレンダーに追加',
  calendarFile: 'カレンダーファイル',
  googleCalendar: 'Google カレンダー',
  outlook: 'Outlook.com',
  opensInNewTab: (name) => `${name}（新しいタブで開きます）`,
  removeFromCalendar: 'カレンダーから削除',
  eventTitle: (service, provider) => `${service}（${provider}）`,
  print: '印刷',
  reschedule: '日時を変更',
  cancel: '予約をキャンセル',
  bookAnother: '別の予約をする',

  askCancel: 'この予約をキャンセルしますか？',
  askCancelHint: 'キャンセルすると、すぐにほかの方が予約することがあります。',
  reason: '理由（クリニックに伝わります）',
  optional: OPTIONAL,
  confirmCancel: 'はい、キャンセルする',
  keep: 'このまま残す',
  working: '少々お待ちください…',

  chooseNewTime: (day, time) =>
    `新しい日時をお選びください。それまで、今のご予約（${day} ${time}）はそのまま残ります。`,
  askMove: 'ご予約の日時を変更しますか？',
  moveFrom: '変更前',
  moveTo: '変更後',
  confirmMove: (time) => `${time}に変更する`,
  otherTime: '別の時間を選ぶ',
};

export const week: WeekMessages = {
  month: '月表示',
  previous: '前の週',
  next: '次の週',
  nothing: '空きなし',
  moreTimes: (number) => count(number, { other: 'ほか#件' }),
};

export const zones: ZonesMessages = {
  title: 'タイムゾーン',
  close: '閉じる',
  search: '都市を検索',
  yours: 'お使いのタイムゾーン',
  clinics: 'クリニックのタイムゾーン',
  others: 'すべてのタイムゾーン',
  found: (number) => (number > 0 ? count(number, { other: 'タイムゾーン#件' }) : 'タイムゾーンなし'),
  none: (query) => `「${query}」のタイムゾーンが見つかりません。近くの大きな都市でお試しください。`,
};

export const questions: QuestionsMessages = {
  choose: '選択してください…',
  missing: 'この質問にお答えください。',
  choiceMissing: 'いずれか1つを選んでください。',
  choicesMissing: '少なくとも1つを選んでください。',
  tickMissing: '先に進むには、チェックを入れてください。',
  dateMissing: '日付を入力してください。',
  tooLong: (most) => count(most, { other: '#文字以内で入力してください。' }),
};

export const notifications = async (): Promise<InboxMessages> => (await import('./notifications.ts')).notifications;
