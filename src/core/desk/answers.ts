/** Whether the answers of the functions for staff have the shape that the desk relies on. As `answers.ts` for patients. */
import { OpenslotError } from '../errors.ts';
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

type Fields = Readonly<Record<string, unknown>>;

/** Takes an answer of that shape, and throws at any other. */
type Read<T> = (answer: unknown) => T;

/** Answers that list things, by the names of their lists, and those that have one object. */
function reader(lists: readonly string[], objects: readonly string[] = []): Read<unknown> {
  return (answer) => {
    const ok =
      isObject(answer) &&
      lists.every((name) => Array.isArray(answer[name])) &&
      objects.every((name) => isObject(answer[name])) &&
      !Number.isNaN(Date.parse(String(answer['server_time'])));
    if (!ok) throw new OpenslotError('bad_response');
    return answer;
  };
}

export const toDesk = reader(['tenants', 'providers'], ['user']) as Read<DeskResult>;
export const toAgenda = reader(['services', 'slots', 'appointments'], ['provider']) as Read<Agenda>;
export const toNews = reader(['notifications']) as Read<NewsResult>;
export const toStaffResult = reader([], ['appointment']) as Read<StaffResult>;
export const toSetSlots = reader(['kept']) as Read<SetSlotsResult>;
export const toHours = reader([], ['hours']) as Read<HoursResult>;
export const toSetHours = reader(['outside'], ['hours']) as Read<SetHoursResult>;
export const toMembers = reader(['members', 'invitations']) as Read<MembersResult>;

export const toProvider = reader([], ['provider']) as Read<{ provider: DeskProvider }>;
export const toService = reader([], ['service']) as Read<{ service: DeskService }>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
