import type { InboxMessages } from '../types.ts';
import { plurals } from '../plurals.ts';

const count = plurals('ja');

const RETRY = '少し待ってから、もう一度お試しください。';

export const notifications: InboxMessages = {
  title: 'お知らせ',
  titleWithUnread: (unread) => count(unread, { other: 'お知らせ、未読#件' }),
  markAll: 'すべて既読にする',
  close: '閉じる',
  loading: 'お知らせを読み込んでいます',
  tryAgain: 'もう一度試す',

  today: '今日',
  yesterday: '昨日',
  justNow: 'たった今',
  isNew: '新着：',
  message: (text) => `「${text}」`,
  about: (service, provider) => `${service} · ${provider}`,
  somebody: '患者様',
  toMember: {
    booked: (patient, when) => `新しい予約：${patient}、${when}`,
    bookedByClinic: (patient, when) => `クリニックによる予約：${patient}、${when}`,
    cancelled: (patient, when) => `キャンセル：${patient}、${when}`,
    cancelledByClinic: (patient, when) => `クリニックによるキャンセル：${patient}、${when}`,
    moved: (patient, from, to) => `日時の変更：${patient}、${from}から${to}へ`,
    movedByClinic: (patient, from, to) => `クリニックによる日時の変更：${patient}、${from}から${to}へ`,
    movedWithinDay: (patient, from, to, day) => `時間の変更：${patient}、${day} ${from}から${to}へ`,
    movedWithinDayByClinic: (patient, from, to, day) =>
      `クリニックによる時間の変更：${patient}、${day} ${from}から${to}へ`,
    reminder: (patient, when) => `来院予定：${patient}、${when}`,
  },
  toPatient: {
    booked: (_clinic, when) => `予約しました：${when}`,
    bookedByClinic: (clinic, when) => `${clinic}が予約を入れました：${when}`,
    cancelled: (_clinic, when) => `予約をキャンセルしました：${when}`,
    cancelledByClinic: (clinic, when) => `${clinic}が予約をキャンセルしました：${when}`,
    moved: (_clinic, from, to) => `予約の日時を変更しました：${from}から${to}へ`,
    movedByClinic: (clinic, from, to) => `${clinic}が予約の日時を変更しました：${from}から${to}へ`,
    movedWithinDay: (_clinic, from, to, day) => `予約の時間を変更しました：${day} ${from}から${to}へ`,
    movedWithinDayByClinic: (clinic, from, to, day) => `${clinic}が予約の時間を変更しました：${day} ${from}から${to}へ`,
    reminder: (_clinic, when) => `ご予約は${when}です`,
  },

  empty: 'お知らせはまだありません',
  emptyForMember: '患者様の予約、変更、キャンセルが、ここに自動で表示されます。',
  emptyForPatient: 'クリニックがご予約を変更すると、ここにすぐ表示されます。',
  older: '以前のお知らせを表示',
  loadingOlder: '以前のお知らせを読み込んでいます…',
  olderFailed: '以前のお知らせを読み込めませんでした。',

  toasts: '最新の動き',
  dismiss: (what) => `閉じる：${what}`,
  summary: (number) => count(number, { other: '新しいお知らせ#件' }),
  show: '表示',

  offline: 'オフラインです。その間のお知らせは、接続が戻ると表示されます。',
  notLive: '現在リアルタイムではなく、数秒ごとに更新しています。',
  signedOut: '新しいお知らせを見るには、ログインしてください。',
  unknownToken: 'この予約が見つかりません。最新のメールにあるリンクをお使いください。',
  tooMany: '短時間の操作が多すぎます。しばらくお待ちください。',
  unreachable: 'クリニックに接続できません。通信状況を確認して、もう一度お試しください。',
  unknown: `問題が発生しました。${RETRY}`,

  push: {
    title: 'この端末',
    states: {
      unsupported: 'このブラウザでは、ページを閉じている間は通知を受け取れません。',
      install:
        'ページを閉じていても通知を受け取るには、ホーム画面に追加してください。「共有」をタップし、「ホーム画面に追加」を選んで、そこから開きます。',
      off: 'このページを閉じていても、この端末で通知を受け取れます。',
      asking: 'ブラウザが確認しています。通知を許可してください。',
      on: 'このページを閉じていても、この端末に通知が届きます。',
      denied:
        'ブラウザがこのページの通知をブロックしています。変更するには、アドレスバーの横の設定を開き、通知を許可してから、ページを再読み込みしてください。',
      failed: `うまくいきませんでした。${RETRY}`,
    },
    turnOn: 'オンにする',
    turnOff: 'オフにする',
  },

  setup: {
    title: 'お知らせの設定はまだ完了していません',
    missing: (attribute) => `属性「${attribute}」がありません。`,
    invalid: (attribute) => `属性「${attribute}」の値が正しくありません。`,
    invalidKey: '属性「supabase-key」のキーがプロジェクトに拒否されました。',
    notInstalled:
      'プロジェクトは応答していますが、Openslot が完全にはインストールされていません。最新のマイグレーションを適用してください。',
  },
};
