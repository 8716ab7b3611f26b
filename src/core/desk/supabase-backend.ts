/** The backend for staff on a Supabase project, over a client that a member is signed in with. */
import type { Clock } from '../time/clock.ts';
import { SERVER_CODES, STAFF_CODES } from '../errors.ts';
import { membershipsChanged } from '../supabase/memberships.ts';
import { openProject, type SupabaseClientLike } from '../supabase/project.ts';
import { createCall } from '../supabase/rpc.ts';
import { isObject, isTimed, type Read, reader } from '../validate.ts';
import type { StaffBackend } from './backend.ts';
import type {
  Agenda,
  DeskProvider,
  DeskResult,
  DeskService,
  HoursResult,
  MembersResult,
  NewsResult,
  SetHoursResult,
  SetSlotsResult,
  StaffResult,
} from './types.ts';

export function createStaffBackend(client: SupabaseClientLike, clock: Clock): StaffBackend {
  const { rpc, connect } = openProject({ client }, { clock });
  const call = createCall(rpc, clock, [...SERVER_CODES, ...STAFF_CODES]);
  return {
    desk: (signal) => call('openslot_desk', {}, readDesk, signal),
    agenda: (request, signal) => call('openslot_agenda', request, readAgenda, signal),
    news: (signal) => call('openslot_notifications', {}, readNews, signal),
    book: (request) => call('openslot_staff_book', request, readStaffResult),
    reschedule: (request) => call('openslot_staff_reschedule', request, readStaffResult),
    cancel: (request) => call('openslot_staff_cancel', request, readStaffResult),
    mark: (request) => call('openslot_staff_mark', request, readStaffResult),
    setSlots: (request) => call('openslot_set_slots', request, readSetSlots),
    hours: (request, signal) => call('openslot_hours', request, readHours, signal),
    setHours: (request) => call('openslot_set_hours', request, readSetHours),
    setProvider: (request) => call('openslot_set_provider', request, readProvider),
    setService: (request) => call('openslot_set_service', request, readService),
    members: (request) => call('openslot_members', request, readMembers),
    invite: (request) => call('openslot_invite', request, readMembers),
    revokeInvitation: (request) => call('openslot_revoke_invitation', request, readMembers),
    removeMember: (request) => call('openslot_remove_member', request, readMembers),
    async acceptInvitation(request) {
      const desk = await call('openslot_accept_invitation', request, readDesk);
      membershipsChanged(client);
      return desk;
    },
    connect,
  };
}

const readDesk = readerOf<DeskResult>(['tenants', 'providers'], ['user']);
const readAgenda = readerOf<Agenda>(['services', 'slots', 'appointments'], ['provider']);
const readNews = readerOf<NewsResult>(['notifications']);
const readStaffResult = readerOf<StaffResult>([], ['appointment']);
const readSetSlots = readerOf<SetSlotsResult>(['kept'], [], ['changed', 'held']);
const readHours = readerOf<HoursResult>([], ['hours']);
const readSetHours = readerOf<SetHoursResult>(['outside'], ['hours']);
const readMembers = readerOf<MembersResult>(['members', 'invitations']);
const readProvider = readerOf<{ provider: DeskProvider }>([], ['provider']);
const readService = readerOf<{ service: DeskService }>([], ['service']);

/** Reads answers that have these lists, objects and numbers. */
function readerOf<T>(
  lists: readonly string[],
  objects: readonly string[] = [],
  numbers: readonly string[] = [],
): Read<T> {
  return reader(
    (answer) =>
      isTimed(answer) &&
      lists.every((name) => Array.isArray(answer[name])) &&
      objects.every((name) => isObject(answer[name])) &&
      numbers.every((name) => typeof answer[name] === 'number'),
  );
}
