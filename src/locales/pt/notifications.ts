import type { InboxMessages } from '../types.ts';
import { plurals } from '../plurals.ts';

const count = plurals('pt-BR');

export const notifications: InboxMessages = {
  title: 'Notificações',
  titleWithUnread: (unread) => `Notificações, ${count(unread, { one: '# não lida', other: '# não lidas' })}`,
  markAll: 'Marcar como lidas',
  close: 'Fechar',
  loading: 'Carregando as notificações',
  tryAgain: 'Tentar de novo',

  today: 'Hoje',
  yesterday: 'Ontem',
  justNow: 'agora mesmo',
  isNew: 'Nova:',
  message: (text) => `“${text}”`,
  about: (service, provider) => `${service} · ${provider}`,
  somebody: 'Alguém',
  toMember: {
    booked: (patient, when) => `${patient} agendou: ${when}`,
    bookedByClinic: (patient, when) => `Consulta agendada pela clínica: ${patient}, ${when}`,
    cancelled: (patient, when) => `${patient} cancelou: ${when}`,
    cancelledByClinic: (patient, when) => `Consulta cancelada pela clínica: ${patient}, ${when}`,
    moved: (patient, from, to) => `${patient} remarcou de ${from} para ${to}`,
    movedByClinic: (patient, from, to) => `Consulta remarcada pela clínica: ${patient}, de ${from} para ${to}`,
    movedWithinDay: (patient, from, to, day) => `${patient} remarcou de ${from} para ${to}, ${day}`,
    movedWithinDayByClinic: (patient, from, to, day) =>
      `Consulta remarcada pela clínica: ${patient}, de ${from} para ${to}, ${day}`,
    reminder: (patient, when) => `${patient} tem consulta: ${when}`,
  },
  toPatient: {
    booked: (_clinic, when) => `Você agendou: ${when}`,
    bookedByClinic: (clinic, when) => `${clinic} agendou uma consulta para você: ${when}`,
    cancelled: (_clinic, when) => `Você cancelou: ${when}`,
    cancelledByClinic: (clinic, when) => `${clinic} cancelou sua consulta de ${when}`,
    moved: (_clinic, from, to) => `Você remarcou sua consulta de ${from} para ${to}`,
    movedByClinic: (clinic, from, to) => `${clinic} remarcou sua consulta de ${from} para ${to}`,
    movedWithinDay: (_clinic, from, to, day) => `Você remarcou sua consulta de ${from} para ${to}, ${day}`,
    movedWithinDayByClinic: (clinic, from, to, day) => `${clinic} remarcou sua consulta de ${from} para ${to}, ${day}`,
    reminder: (_clinic, when) => `Você tem consulta: ${when}`,
  },

  empty: 'Nada por enquanto',
  emptyForMember: 'O que os pacientes agendam, remarcam e cancelam aparece aqui automaticamente.',
  emptyForPatient: 'Se a clínica mudar sua consulta, você lê aqui na hora.',
  older: 'Ver anteriores',
  loadingOlder: 'Carregando anteriores…',
  olderFailed: 'Não foi possível carregar as anteriores.',

  toasts: 'O que acabou de acontecer',
  dismiss: (what) => `Dispensar: ${what}`,
  summary: (number) => count(number, { one: '# nova notificação', other: '# novas notificações' }),
  show: 'Ver',

  offline: 'Você está sem conexão. O que acontecer enquanto isso aparece assim que ela voltar.',
  notLive: 'Não está ao vivo no momento: atualiza a cada poucos segundos.',
  signedOut: 'Entre na sua conta para ver as novidades.',
  unknownToken: 'Não encontramos esta consulta. Use o link do seu e-mail mais recente.',
  tooMany: 'Foi muita coisa de uma vez. Espere um momento.',
  unreachable: 'Não conseguimos contato com a clínica. Verifique sua conexão e tente de novo.',
  unknown: 'Algo deu errado. Tente de novo daqui a pouco.',

  push: {
    title: 'Neste aparelho',
    states: {
      unsupported: 'Este navegador não consegue avisar você com a página fechada.',
      install:
        'Para receber avisos com a página fechada, coloque-a na tela de início: toque em “Compartilhar”, depois em “Adicionar à Tela de Início”, e abra-a por lá.',
      off: 'Receba avisos aqui mesmo com esta página fechada.',
      asking: 'Seu navegador está pedindo permissão: permita as notificações.',
      on: 'Você recebe avisos aqui mesmo com esta página fechada.',
      denied:
        'Seu navegador bloqueia os avisos desta página. Para mudar isso, abra as configurações ao lado da barra de endereço, permita as notificações e recarregue a página.',
      failed: 'Não funcionou. Tente de novo daqui a pouco.',
    },
    turnOn: 'Ativar',
    turnOff: 'Desativar',
  },

  setup: {
    title: 'Estas notificações ainda não foram configuradas',
    missing: (attribute) => `Falta o atributo “${attribute}”.`,
    invalid: (attribute) => `O atributo “${attribute}” tem um valor inválido.`,
    invalidKey: 'O projeto recusa a chave do atributo “supabase-key”.',
    notInstalled:
      'O projeto responde, mas o Openslot não está completamente instalado nele. Aplique as últimas migrações.',
  },
};
