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

const count = plurals('pt-BR');

const timesFree = (number: number) =>
  number > 0 ? count(number, { one: '# horário livre', other: '# horários livres' }) : 'Nenhum horário livre';

/** “na terça-feira, 8 de dezembro”, “no sábado, 12 de dezembro”. */
const onDay = (day: string) => `${/^(sáb|dom)/i.test(day) ? 'no' : 'na'} ${day}`;

function list(values: readonly string[]): string {
  return new Intl.ListFormat('pt-BR', { type: 'disjunction' }).format(values.map((value) => `“${value}”`));
}

const RETRY = 'Tente de novo daqui a pouco.';
const CHOOSE_ANOTHER = 'Escolha outro horário.';
const UNAVAILABLE = 'O agendamento on-line não está disponível no momento.';
const NOT_SET_UP = 'O agendamento on-line ainda não foi configurado.';
const NOT_FOUND = 'Não encontramos esta consulta.';
const OPTIONAL = 'opcional';

export const messages: Messages = {
  lang: 'pt-BR',

  widget: (provider) => `Agendar consulta com ${provider}`,
  loading: 'Carregando os horários livres',
  loadingAppointment: 'Carregando sua consulta',
  peopleViewing: (number, capped) =>
    capped ? `${number}+ pessoas vendo` : count(number, { one: '# pessoa vendo', other: '# pessoas vendo' }),
  peopleViewingShort: (number, capped) => `${number}${capped ? '+' : ''} vendo`,
  connection: {
    live: 'Ao vivo',
    connecting: 'Conectando',
    polling: 'Atualiza regularmente',
    offline: 'Sem conexão',
  },

  services: 'Serviço',
  previousMonth: 'Mês anterior',
  nextMonth: 'Próximo mês',
  showWeek: 'Semana',
  legend: 'A barra mostra quanto do dia ainda está livre.',
  chooseDay: 'Escolha um dia para ver os horários.',
  timesFree,
  dayWithTimes: (date, free) => `${date}, ${timesFree(free).toLowerCase()}`,
  dayAndTime: (day, time) => `${day}, ${time}`,
  morning: 'Manhã',
  afternoon: 'Tarde',
  evening: 'Fim do dia',
  takenTime: (time) => `${time}, ocupado`,
  justTaken: (time) => `O horário de ${time} acabou de ser ocupado.`,

  timesShownIn: 'Fuso horário:',
  showInZone: (zone) => `Mudar para ${zone}`,
  nextFree: 'Próximo horário livre:',

  noTimesInMonth: (month) => `Nenhum horário livre em ${month}.`,
  noTimesOnDay: (day) => `Nenhum horário livre ${onDay(day)}.`,
  noTimesAtAll: 'No momento não há horários livres. Assim que um vagar, ele aparece aqui automaticamente.',
  next: (day) => `Próximo: ${day}`,
  offline: (since) => `Você está sem conexão. Última atualização: ${since}.`,
  notUpdating: (since) => `Não conseguimos contato com a clínica no momento. Última atualização: ${since}.`,
  unreachable: 'Não conseguimos contato com a clínica. Verifique sua conexão e tente de novo.',
  tryAgain: 'Tentar de novo',
};

export const details: DetailsMessages = {
  back: 'Voltar aos horários',
  serviceLine: (service, duration, provider) => `${service}, ${duration} · ${provider}`,
  holding: 'Reservando este horário para você…',
  heldForYou: 'Reservado para você',
  heldFor: (remaining) => `por mais ${remaining}`,
  holdLeft: (seconds) =>
    `Este horário fica reservado por mais ${count(seconds, { one: '# segundo', other: '# segundos' })}.`,
  moreTime: 'Mais tempo',
  holdEnded: (time) => `O horário de ${time} não está mais reservado para você, mas continua livre.`,
  holdAgain: 'Reservar de novo',
  notHeld: 'Este horário não está reservado para você, mas você pode agendá-lo enquanto estiver livre.',
  name: 'Nome completo',
  email: 'E-mail',
  phone: 'Telefone',
  note: 'Motivo da consulta',
  optional: OPTIONAL,
  nameMissing: 'Informe seu nome.',
  emailMissing: 'Informe seu e-mail.',
  emailWrong: 'Informe um e-mail como nome@example.com.',
  phoneWrong: 'Informe um telefone como +55 11 91234-5678.',
  book: (time) => `Agendar ${time}`,
  booking: (time) => `Agendando ${time}…`,

  takenKept: 'O que você digitou foi mantido.',
  takenNearest: 'Horários livres mais próximos:',
  takenNone: 'Não há outros horários livres no momento.',

  errors: {
    invalid_argument: 'Algum dos seus dados não pode ser usado. Confira o que você digitou.',
    provider_not_found: UNAVAILABLE,
    service_not_found: 'Este serviço não pode mais ser agendado on-line. Escolha outro.',
    appointment_not_found: NOT_FOUND,
    slot_taken: `Outra pessoa foi um pouco mais rápida. ${CHOOSE_ANOTHER}`,
    outside_hours: `A clínica não oferece mais este horário. ${CHOOSE_ANOTHER}`,
    outside_window: `Ainda é cedo para agendar este horário. ${CHOOSE_ANOTHER}`,
    too_soon: `Já é tarde para agendar este horário on-line. ${CHOOSE_ANOTHER}`,
    daily_limit_reached: `Este dia está lotado. ${CHOOSE_ANOTHER}`,
    hold_limit_reached: 'Este horário não pode ficar reservado por mais tempo. Agende agora.',
    request_id_reused: RETRY,
    rate_limited: 'Houve tentativas demais a partir da sua conexão. Espere um pouco ou ligue para a clínica.',
    missing_config: NOT_SET_UP,
    invalid_config: NOT_SET_UP,
    invalid_key: UNAVAILABLE,
    not_installed: UNAVAILABLE,
    schema_outdated: UNAVAILABLE,
    project_unavailable: `O sistema de agendamento da clínica está em pausa. ${RETRY}`,
    network: messages.unreachable,
    bad_response: `O sistema de agendamento deu uma resposta que não entendemos. ${RETRY}`,
    realtime_refused: 'As atualizações ao vivo não estão disponíveis. Os horários são atualizados regularmente.',
    aborted: RETRY,
    unknown: `Algo deu errado. ${RETRY}`,
  },

  setup: {
    title: 'Este widget de agendamento ainda não foi configurado',
    missing: (attribute) => `Falta o atributo “${attribute}”.`,
    invalid: (attribute, expected) => `O atributo “${attribute}” tem um valor inválido. Ele deve ser ${expected}.`,
    expected: {
      'supabase-url': 'a URL de um projeto do Supabase, como https://abcdefgh.supabase.co',
      'supabase-key': 'a chave pública do projeto (sb_publishable_…) ou a chave anon dele, nunca uma secreta',
      'time-zone': '“viewer”, “provider” ou um fuso horário como Europe/Stockholm',
      client: 'um cliente criado pelo supabase-js ou por createOpenslotClient',
      'phone-prefix': 'o código de um país, como +46',
    },
    oneOf: list,
    invalidKey: 'O projeto recusa a chave do atributo “supabase-key”.',
    notInstalled:
      'O projeto do atributo “supabase-url” responde, mas o Openslot não está completamente instalado nele. Aplique as migrações.',
    outdated: 'O projeto tem uma versão mais antiga das migrações do Openslot. Aplique as novas.',
    noProvider: (provider) =>
      `Não há nenhum profissional “${provider}”. O atributo “provider” aceita um slug ou um id.`,
    noService: (service, known) =>
      `Não há nenhum serviço “${service}”. O atributo “service” aceita o slug ou o id de um destes: ${list(known)}.`,
  },
};

export const appointment: AppointmentMessages = {
  booked: 'Sua consulta está agendada',
  withWhom: (provider, clinic) => `${provider}, ${clinic}`,
  whatNext: (clinic, email) =>
    email
      ? `Você não precisa fazer mais nada. ${clinic} pode falar com você pelo e-mail ${email}.`
      : 'Você não precisa fazer mais nada.',

  yours: 'Sua consulta',
  moved: 'Seu novo horário está agendado',
  movedByClinic: 'A clínica remarcou sua consulta',
  cancelled: 'Sua consulta está cancelada',
  cancelledByClinic: 'A clínica cancelou esta consulta',
  begun: 'Sua consulta começou',
  over: 'Esta consulta já passou',
  completed: 'Esta consulta foi realizada',
  missed: 'Não houve comparecimento a esta consulta',

  insteadOf: (when) => `Em vez de ${when}`,
  inZone: (when, zone) => `Horário da clínica: ${when} · ${zone}`,
  writes: (clinic) => `${clinic} escreveu:`,
  changeableUntil: (when) => `Pode ser remarcada ou cancelada on-line até: ${when}.`,
  notChangeable: (clinic) => `Ela não pode mais ser alterada on-line. Se houver um imprevisto, ligue para ${clinic}.`,
  notMovable: (clinic) =>
    `No momento não é possível escolher outro horário on-line. Para remarcar, ligue para ${clinic}.`,
  errors: {
    appointment_cancelled: 'Esta consulta já foi cancelada.',
    appointment_past: 'Esta consulta já passou e não pode ser alterada.',
  },
  notFound: NOT_FOUND,
  notFoundHint: 'O link pode estar incompleto. Abra-o de novo pelo seu e-mail ou ligue para a clínica.',
  bookATime: 'Agendar consulta',
  offline: messages.offline,
  notUpdating: messages.notUpdating,

  addToCalendar: 'Adicionar à agenda',
  calendarFile: 'Arquivo de agenda',
  googleCalendar: 'Google Calendar',
  outlook: 'Outlook.com',
  opensInNewTab: (name) => `${name}, abre em uma nova aba`,
  removeFromCalendar: 'Remover da agenda',
  eventTitle: (service, provider) => `${service} com ${provider}`,
  print: 'Imprimir',
  reschedule: 'Remarcar',
  cancel: 'Cancelar',
  bookAnother: 'Nova consulta',

  askCancel: 'Cancelar esta consulta?',
  askCancelHint: 'Outra pessoa poderá pegar o horário logo em seguida.',
  reason: 'Motivo, para a clínica',
  optional: OPTIONAL,
  confirmCancel: 'Sim, cancelar',
  keep: 'Manter',
  working: 'Um momento…',

  chooseNewTime: (day, time) => `Escolha um novo horário. Sua consulta ${onDay(day)}, ${time}, fica mantida até lá.`,
  askMove: 'Remarcar sua consulta?',
  moveFrom: 'Atual',
  moveTo: 'Nova',
  confirmMove: (time) => `Mudar para ${time}`,
  otherTime: 'Outro horário',
};

export const week: WeekMessages = {
  month: 'Mês',
  previous: 'Semana anterior',
  next: 'Próxima semana',
  nothing: 'Nada livre',
  moreTimes: (number) => `Mais ${number}`,
};

export const zones: ZonesMessages = {
  title: 'Fuso horário',
  close: 'Fechar',
  search: 'Buscar uma cidade',
  yours: 'O seu',
  clinics: 'O da clínica',
  others: 'Todos os fusos horários',
  found: (number) =>
    number > 0 ? count(number, { one: '# fuso horário', other: '# fusos horários' }) : 'Nenhum fuso horário',
  none: (query) => `Não conhecemos nenhum fuso horário para “${query}”. Tente uma cidade maior por perto.`,
};

export const questions: QuestionsMessages = {
  choose: 'Escolha uma opção…',
  missing: 'Responda a esta pergunta.',
  choiceMissing: 'Escolha uma destas opções.',
  choicesMissing: 'Escolha pelo menos uma destas opções.',
  tickMissing: 'Marque esta caixa para continuar.',
  dateMissing: 'Informe uma data.',
  tooLong: (most) => `Use no máximo ${count(most, { one: '# caractere', other: '# caracteres' })}.`,
};

export const notifications = async (): Promise<InboxMessages> => (await import('./notifications.ts')).notifications;
