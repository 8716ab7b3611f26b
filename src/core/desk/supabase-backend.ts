/** The backend for staff on a Supabase project, over a client that somebody is signed in with. */
import type { LiveConnection } from '../calendar/backend.ts';
import { createCall } from '../supabase/call.ts';
import type { Clock } from '../time/clock.ts';
import { SERVER_CODES, STAFF_CODES } from '../errors.ts';
import { connectionsOver } from '../realtime/connections.ts';
import {
  toAgenda,
  toDesk,
  toHours,
  toMembers,
  toNews,
  toProvider,
  toService,
  toSetHours,
  toSetSlots,
  toStaffResult,
} from './answers.ts';
import type { StaffBackend } from './backend.ts';
import type { SupabaseClientLike } from '../calendar/supabase-backend.ts';

export const ALL_CODES = [...SERVER_CODES, ...STAFF_CODES];

/** @param foreign the client is the page's own: its socket isn't ours to close */
export function createStaffBackend(client: SupabaseClientLike, clock: Clock, foreign: boolean): StaffBackend {
  const call = createCall((name, args) => client.rpc(name, args), clock, ALL_CODES);
  const connections = connectionsOver({ load: () => Promise.resolve(client.realtime), client, foreign, clock });
  return {
    desk: (signal) => call('openslot_desk', {}, toDesk, signal),
    agenda: (request, signal) => call('openslot_agenda', request, toAgenda, signal),
    news: (signal) => call('openslot_notifications', {}, toNews, signal),
    book: (request) => call('openslot_staff_book', request, toStaffResult),
    reschedule: (request) => call('openslot_staff_reschedule', request, toStaffResult),
    cancel: (request) => call('openslot_staff_cancel', request, toStaffResult),
    mark: (request) => call('openslot_staff_mark', request, toStaffResult),
    setSlots: (request) => call('openslot_set_slots', request, toSetSlots),
    hours: (request, signal) => call('openslot_hours', request, toHours, signal),
    setHours: (request) => call('openslot_set_hours', request, toSetHours),
    setProvider: (request) => call('openslot_set_provider', request, toProvider),
    setService: (request) => call('openslot_set_service', request, toService),
    members: (request) => call('openslot_members', request, toMembers),
    invite: (request) => call('openslot_invite', request, toMembers),
    revokeInvitation: (request) => call('openslot_revoke_invitation', request, toMembers),
    removeMember: (request) => call('openslot_remove_member', request, toMembers),
    acceptInvitation: (request) => call('openslot_accept_invitation', request, toDesk),
    connect: (): LiveConnection => connections.connect(),
  };
}
