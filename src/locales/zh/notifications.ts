import type { InboxMessages } from '../types.ts';
import { plurals } from '../plurals.ts';

const count = plurals('zh-CN');

const RETRY = '请稍后再试。';

export const notifications: InboxMessages = {
  title: '通知',
  titleWithUnread: (unread) => count(unread, { other: '通知，#条未读' }),
  markAll: '全部标为已读',
  close: '关闭',
  loading: '正在加载通知',
  tryAgain: '重试',

  today: '今天',
  yesterday: '昨天',
  justNow: '刚刚',
  isNew: '新通知：',
  message: (text) => `“${text}”`,
  about: (service, provider) => `${service} · ${provider}`,
  somebody: '某位患者',
  toMember: {
    booked: (patient, when) => `${patient}预约了${when}`,
    bookedByClinic: (patient, when) => `诊所为${patient}预约了${when}`,
    cancelled: (patient, when) => `${patient}取消了预约：${when}`,
    cancelledByClinic: (patient, when) => `诊所取消了${patient}的预约：${when}`,
    moved: (patient, from, to) => `${patient}改约：从${from}改到${to}`,
    movedByClinic: (patient, from, to) => `诊所为${patient}改约：从${from}改到${to}`,
    movedWithinDay: (patient, from, to, day) => `${patient}改约：${day}，从${from}改到${to}`,
    movedWithinDayByClinic: (patient, from, to, day) => `诊所为${patient}改约：${day}，从${from}改到${to}`,
    reminder: (patient, when) => `${patient}将于${when}到诊`,
  },
  toPatient: {
    booked: (_clinic, when) => `您预约了${when}`,
    bookedByClinic: (clinic, when) => `${clinic}为您预约了${when}`,
    cancelled: (_clinic, when) => `您取消了预约：${when}`,
    cancelledByClinic: (clinic, when) => `${clinic}取消了您的预约：${when}`,
    moved: (_clinic, from, to) => `您已将预约从${from}改到${to}`,
    movedByClinic: (clinic, from, to) => `${clinic}将您的预约从${from}改到${to}`,
    movedWithinDay: (_clinic, from, to, day) => `您已将${day}的预约从${from}改到${to}`,
    movedWithinDayByClinic: (clinic, from, to, day) => `${clinic}将您${day}的预约从${from}改到${to}`,
    reminder: (_clinic, when) => `您的预约时间：${when}`,
  },

  empty: '暂无通知',
  emptyForMember: '患者的预约、改约和取消会自动显示在这里。',
  emptyForPatient: '如果诊所更改您的预约，这里会立即显示。',
  older: '查看更早的通知',
  loadingOlder: '正在加载更早的通知…',
  olderFailed: '无法加载更早的通知。',

  toasts: '最新动态',
  dismiss: (what) => `关闭：${what}`,
  summary: (number) => count(number, { other: '#条新通知' }),
  show: '查看',

  offline: '您已离线。期间的通知会在恢复连接后显示。',
  notLive: '目前不是实时更新，每隔几秒刷新一次。',
  signedOut: '请登录以查看新通知。',
  unknownToken: '找不到此预约。请使用最新邮件中的链接。',
  tooMany: '操作过于频繁。请稍等片刻。',
  unreachable: '无法连接诊所。请检查网络后重试。',
  unknown: `出了点问题。${RETRY}`,

  push: {
    title: '在此设备上',
    states: {
      unsupported: '此浏览器无法在页面关闭时向您发送通知。',
      install: '要在页面关闭时也收到通知，请将页面添加到主屏幕：轻点“共享”，再轻点“添加到主屏幕”，然后从主屏幕打开。',
      off: '即使关闭此页面，也可以在这里收到通知。',
      asking: '浏览器正在询问：请允许通知。',
      on: '即使关闭此页面，您也会在这里收到通知。',
      denied: '浏览器阻止了此页面的通知。如需更改，请打开地址栏旁的设置，允许通知，然后重新加载页面。',
      failed: `未能成功。${RETRY}`,
    },
    turnOn: '开启',
    turnOff: '关闭',
  },

  setup: {
    title: '通知尚未完成设置',
    missing: (attribute) => `缺少属性“${attribute}”。`,
    invalid: (attribute) => `属性“${attribute}”的值无效。`,
    invalidKey: '项目拒绝了属性“supabase-key”中的密钥。',
    notInstalled: '项目有响应，但 Openslot 没有完整安装。请应用最新的数据库迁移。',
  },
};
