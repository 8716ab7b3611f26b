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

const count = plurals('zh-CN');

function list(values: readonly string[]): string {
  return new Intl.ListFormat('zh-CN', { type: 'disjunction' }).format(values.map((value) => `“${value}”`));
}

const timesFree = (number: number) => (number > 0 ? count(number, { other: '#个时段可约' }) : '无可约时段');

const OFFLINE = '您已离线。';
const NO_CLINIC = '暂时无法连接诊所。';

export const messages: Messages = {
  lang: 'zh-CN',

  widget: (provider) => `预约：${provider}`,
  loading: '正在加载可约时段',
  loadingAppointment: '正在加载您的预约',
  peopleViewing: (number, capped) => count(number, { other: capped ? '#+人正在查看' : '#人正在查看' }),
  peopleViewingShort: (number, capped) => count(number, { other: capped ? '#+人在看' : '#人在看' }),
  connection: { live: '实时', connecting: '正在连接', polling: '定期更新', offline: '离线' },

  services: '服务',
  previousMonth: '上一月',
  nextMonth: '下一月',
  showWeek: '周视图',
  legend: '横条表示当天还有多少空闲时段。',
  chooseDay: '请选择日期，查看可约时段。',
  timesFree,
  dayWithTimes: (date, free) => `${date}，${timesFree(free)}`,
  dayAndTime: (day, time) => `${day} ${time}`,
  morning: '上午',
  afternoon: '下午',
  evening: '晚上',
  takenTime: (time) => `${time}，已被预约`,
  justTaken: (time) => `${time}刚刚被预约了。`,

  timesShownIn: '当前时区：',
  showInZone: (zone) => `按 ${zone} 时间显示`,
  nextFree: '最近可约：',

  noTimesInMonth: (month) => `${month}没有可约时段。`,
  noTimesOnDay: (day) => `${day}没有可约时段。`,
  noTimesAtAll: '目前没有可约时段。一有空位就会自动显示在这里。',
  next: (day) => `最近可约：${day}`,
  offline: (since) => `${OFFLINE}时段信息截至${since}。`,
  notUpdating: (since) => `${NO_CLINIC}时段信息截至${since}。`,
  unreachable: '无法连接诊所。请检查网络后重试。',
  tryAgain: '重试',
};

const RETRY = '请稍后再试。';
const CHOOSE_ANOTHER = '请选择其他时段。';
const UNAVAILABLE = '在线预约暂不可用。';
const NOT_SET_UP = '在线预约尚未开通。';
const NOT_FOUND = '找不到此预约。';
const NOTHING_TO_DO = '您无需再做其他操作。';
const OPTIONAL = '选填';

export const details: DetailsMessages = {
  back: '返回选择时段',
  serviceLine: (service, duration, provider) => `${service}，${duration} · ${provider}`,
  holding: '正在为您保留此时段…',
  heldForYou: '已为您保留',
  heldFor: (remaining) => `剩余 ${remaining}`,
  holdLeft: (seconds) => count(seconds, { other: '此时段还为您保留#秒。' }),
  moreTime: '延长时间',
  holdEnded: (time) => `${time}已不再为您保留，但仍可预约。`,
  holdAgain: '再次保留',
  notHeld: '此时段没有为您保留，但只要还空着，您就可以预约。',
  name: '姓名',
  email: '电子邮箱',
  phone: '电话',
  note: '预约原因',
  optional: OPTIONAL,
  nameMissing: '请输入您的姓名。',
  emailMissing: '请输入您的电子邮箱。',
  emailWrong: '请输入正确的电子邮箱，例如 name@example.com。',
  phoneWrong: '请输入正确的电话号码，例如 +86 138 0013 8000。',
  book: (time) => `预约${time}`,
  booking: (time) => `正在预约${time}…`,

  takenKept: '您填写的内容已保留。',
  takenNearest: '最近的可约时段：',
  takenNone: '目前没有其他可约时段。',

  errors: {
    invalid_argument: '您填写的部分信息无法使用，请检查。',
    provider_not_found: UNAVAILABLE,
    service_not_found: '此服务已不支持在线预约。请选择其他服务。',
    appointment_not_found: NOT_FOUND,
    slot_taken: `此时段刚被他人抢先预约。${CHOOSE_ANOTHER}`,
    outside_hours: `诊所已不再提供此时段。${CHOOSE_ANOTHER}`,
    outside_window: `此时段尚未开放预约。${CHOOSE_ANOTHER}`,
    too_soon: `此时段已过在线预约的截止时间。${CHOOSE_ANOTHER}`,
    daily_limit_reached: '当天预约已满。请选择其他日期。',
    hold_limit_reached: '此时段无法继续保留。请立即预约。',
    request_id_reused: RETRY,
    rate_limited: '尝试次数过多。请稍等一段时间，或致电诊所。',
    missing_config: NOT_SET_UP,
    invalid_config: NOT_SET_UP,
    invalid_key: UNAVAILABLE,
    not_installed: UNAVAILABLE,
    schema_outdated: UNAVAILABLE,
    project_unavailable: `诊所的预约系统暂时停用。${RETRY}`,
    network: messages.unreachable,
    bad_response: `预约系统返回了无法识别的内容。${RETRY}`,
    realtime_refused: '实时更新不可用，改为定期刷新时段。',
    aborted: RETRY,
    unknown: `出了点问题。${RETRY}`,
  },

  setup: {
    title: '此预约组件尚未完成设置',
    missing: (attribute) => `缺少属性“${attribute}”。`,
    invalid: (attribute, expected) => `属性“${attribute}”的值无效。正确的值：${expected}。`,
    expected: {
      'supabase-url': 'Supabase 项目的网址，例如 https://abcdefgh.supabase.co',
      'supabase-key': '项目的公开密钥（sb_publishable_…）或 anon 密钥，切勿使用私密密钥',
      'time-zone': '“viewer”、“provider”，或时区（例如 Europe/Stockholm）',
      client: '由 supabase-js 或 createOpenslotClient 创建的客户端',
      'phone-prefix': '国家或地区代码（例如 +46）',
    },
    oneOf: list,
    invalidKey: '项目拒绝了属性“supabase-key”中的密钥。',
    notInstalled: '属性“supabase-url”中的项目有响应，但 Openslot 没有完整安装。请应用它的数据库迁移。',
    outdated: '项目中的 Openslot 数据库迁移版本过旧。请应用新的迁移。',
    noProvider: (provider) => `没有名为“${provider}”的服务提供者。属性“provider”应填写 slug 或 id。`,
    noService: (service, known) =>
      `没有名为“${service}”的服务。属性“service”应填写以下任一服务的 slug 或 id：${list(known)}。`,
  },
};

export const appointment: AppointmentMessages = {
  booked: '预约成功',
  withWhom: (provider, clinic) => `${provider}，${clinic}`,
  whatNext: (clinic, email) =>
    email ? `${NOTHING_TO_DO}如有需要，${clinic}会通过 ${email} 与您联系。` : NOTHING_TO_DO,

  yours: '您的预约',
  moved: '改约成功',
  movedByClinic: '诊所更改了您的预约时间',
  cancelled: '您的预约已取消',
  cancelledByClinic: '诊所取消了此预约',
  begun: '您的预约已开始',
  over: '此预约已结束',
  completed: '此预约已完成',
  missed: '此预约未到诊',

  insteadOf: (when) => `原时间：${when}`,
  inZone: (when, zone) => `${zone} 时间：${when}`,
  writes: (clinic) => `${clinic}的留言：`,
  changeableUntil: (when) => `可在 ${when} 之前在线改约或取消。`,
  notChangeable: (clinic) => `此预约已无法在线更改。如有变动，请致电${clinic}。`,
  notMovable: (clinic) => `目前无法在线选择新时段。如需改约，请致电${clinic}。`,
  errors: {
    appointment_cancelled: '此预约已取消。',
    appointment_past: '此预约已结束，无法更改。',
  },
  notFound: NOT_FOUND,
  notFoundHint: '链接可能不完整。请从邮件中重新打开，或致电诊所。',
  bookATime: '预约',
  offline: (since) => `${OFFLINE}信息截至${since}。`,
  notUpdating: (since) => `${NO_CLINIC}信息截至${since}。`,

  addToCalendar: '添加到日历',
  calendarFile: '日历文件',
  googleCalendar: 'Google 日历',
  outlook: 'Outlook.com',
  opensInNewTab: (name) => `${name}，在新标签页中打开`,
  removeFromCalendar: '从日历中移除',
  eventTitle: (service, provider) => `${service}（${provider}）`,
  print: '打印',
  reschedule: '改约',
  cancel: '取消预约',
  bookAnother: '再次预约',

  askCancel: '要取消此预约吗？',
  askCancelHint: '取消后，此时段可能马上被他人预约。',
  reason: '取消原因（诊所可见）',
  optional: OPTIONAL,
  confirmCancel: '是的，取消',
  keep: '保留预约',
  working: '请稍候…',

  chooseNewTime: (day, time) => `请选择新时段。在此之前，您在${day} ${time}的预约仍会保留。`,
  askMove: '要更改预约时间吗？',
  moveFrom: '原时间',
  moveTo: '新时间',
  confirmMove: (time) => `改到${time}`,
  otherTime: '选择其他时段',
};

export const week: WeekMessages = {
  month: '月视图',
  previous: '上一周',
  next: '下一周',
  nothing: '无可约时段',
  moreTimes: (number) => count(number, { other: '还有#个' }),
};

export const zones: ZonesMessages = {
  title: '时区',
  close: '关闭',
  search: '搜索城市',
  yours: '您的时区',
  clinics: '诊所时区',
  others: '所有时区',
  found: (number) => (number > 0 ? count(number, { other: '#个时区' }) : '没有时区'),
  none: (query) => `找不到“${query}”的时区。请试试附近较大的城市。`,
};

export const questions: QuestionsMessages = {
  choose: '请选择…',
  missing: '请回答此问题。',
  choiceMissing: '请选择其中一项。',
  choicesMissing: '请至少选择一项。',
  tickMissing: '请勾选此项以继续。',
  dateMissing: '请输入日期。',
  tooLong: (most) => count(most, { other: '最多可输入#个字符。' }),
};

export const notifications = async (): Promise<InboxMessages> => (await import('./notifications.ts')).notifications;
