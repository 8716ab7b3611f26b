/**
 * The rights on the data of the first of two clinics: every callable function, and the answer that each caller gets. A
 * function that is missing here fails the test.
 */
import { randomUUID } from 'node:crypto';
import type { CallerName, TwoClinics } from './two-clinics.ts';

/** `ok`, or the code of the refusal; `401` is the Data API's own refusal, before it calls the function. */
export type May = Readonly<Record<CallerName, string>>;

type Args = (world: TwoClinics) => object | Promise<object>;

export interface Case {
  readonly may: May;
  /** The arguments. Made anew for each call, because a call may use its subject up. */
  readonly makeArgs: Args;
  /** The same for a subject that doesn't exist: a caller who is refused must get the same answer. */
  readonly nothing?: Args;
  /** The same for another provider of the clinic, to which a member with role provider has no access. */
  readonly colleague?: Args;
  /** The answer depends on the token alone, not on the caller. */
  readonly byToken?: boolean;
}

function everyCaller(what: string, but: Partial<Record<CallerName, string>> = {}): May {
  const all = { anon: what, stranger: what, alphaProvider: what, alphaStaff: what, alphaOwner: what };
  return { ...all, betaProvider: what, betaStaff: what, betaOwner: what, ...but };
}

const PUBLIC = everyCaller('ok');
const SIGNED_IN = everyCaller('ok', { anon: '401' });
const WORKING = { alphaProvider: 'ok', alphaStaff: 'ok', alphaOwner: 'ok' } as const;

/** Members who work for the provider may; for all other callers it doesn't exist. */
function ofProvider(code: string): May {
  return everyCaller(code, { anon: '401', ...WORKING });
}

const OF_OWNER = everyCaller('tenant_not_found', {
  anon: '401',
  alphaProvider: 'not_allowed',
  alphaStaff: 'not_allowed',
  alphaOwner: 'ok',
});

const unknownId = () => randomUUID();
const patient = { name: 'Somebody', email: null };

/** A call about a provider: the first one, a colleague, and one that doesn't exist. */
function provider(
  args: (world: TwoClinics, slug: string) => object | Promise<object>,
  code = 'provider_not_found',
): Case {
  return {
    may: ofProvider(code),
    makeArgs: (world) => args(world, 'alpha-one'),
    colleague: (world) => args(world, 'alpha-two'),
    nothing: async (world) => ({ ...(await args(world, 'alpha-one')), provider: unknownId() }),
  };
}

/** A call about an appointment. */
function appointment(
  args: (world: TwoClinics, id: string, slug: string) => object | Promise<object>,
  past = false,
): Case {
  const about = async (world: TwoClinics, slug: string) => {
    const { appointment: booked } = await (past ? world.bookPast(slug) : world.book(slug));
    return {
      appointment: booked.id,
      version: await world.versionOf(booked.id),
      ...(await args(world, booked.id, slug)),
    };
  };
  return {
    may: ofProvider('appointment_not_found'),
    makeArgs: (world) => about(world, 'alpha-one'),
    colleague: (world) => about(world, 'alpha-two'),
    nothing: async (world) => ({ ...(await about(world, 'alpha-one')), appointment: unknownId() }),
  };
}

/** A call with an appointment's token, which works for every caller. */
function token(args: (world: TwoClinics) => object | Promise<object> = () => ({})): Case {
  return {
    may: PUBLIC,
    byToken: true,
    makeArgs: async (world) => ({ token: (await world.book('alpha-one')).manage_token, ...(await args(world)) }),
  };
}

const subscription = () => ({
  subscription: {
    endpoint: `https://push.example/${randomUUID()}`,
    keys: { p256dh: 'B'.repeat(87), auth: 'a'.repeat(22) },
  },
});

/** The next free full hour, as a range. */
async function freshRange(world: TwoClinics, slug: string): Promise<{ from_time: string; to_time: string }> {
  const from_time = await world.freshStart(slug);
  return { from_time, to_time: new Date(Date.parse(from_time) + 30 * 60_000).toISOString() };
}

async function invitation(world: TwoClinics): Promise<string> {
  const { id } = await world.clinic.row<{ id: string }>(
    `insert into openslot.invitations (tenant_id, email, role) values ($1, $2, 'staff') returning id`,
    [world.tenants['alpha'], `invited-${randomUUID()}@secret.example`],
  );
  return id;
}

async function sameHours(world: TwoClinics, slug: string): Promise<object> {
  const { version } = await world.clinic.row<{ version: number }>(
    'select hours_version as version from openslot.providers where slug = $1',
    [slug],
  );
  const rules = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start: '00:00', end: '24:00' }));
  return { provider: slug, hours: { rules, exceptions: [] }, version };
}

export const MATRIX: Readonly<Record<string, readonly Case[]>> = {
  // Calls with a provider's public slug.
  openslot_calendar: [{ may: PUBLIC, makeArgs: () => ({ provider: 'alpha-one' }) }],
  openslot_changes: [{ may: PUBLIC, makeArgs: () => ({ provider: 'alpha-one', after: 0 }) }],
  openslot_hold: [
    {
      may: PUBLIC,
      makeArgs: async (world) => ({
        provider: 'alpha-one',
        service: 'visit',
        start: await world.freshStart('alpha-one'),
        visitor: randomUUID(),
      }),
    },
  ],
  openslot_release: [{ may: PUBLIC, makeArgs: () => ({ visitor: randomUUID() }) }],
  openslot_book: [
    {
      may: PUBLIC,
      byToken: true,
      makeArgs: async (world) => ({
        provider: 'alpha-one',
        service: 'visit',
        start: await world.freshStart('alpha-one'),
        patient: { name: 'Ada Example', email: 'ada@example.com' },
        request_id: randomUUID(),
      }),
    },
  ],
  openslot_schema_version: [{ may: PUBLIC, makeArgs: () => ({}) }],

  // Calls with an appointment's token.
  openslot_appointment: [token()],
  openslot_cancel: [token(() => ({ reason: 'ill' }))],
  openslot_reschedule: [
    token(async (world) => ({ start: await world.freshStart('alpha-one'), request_id: randomUUID() })),
  ],
  openslot_notifications: [token(), { may: SIGNED_IN_BY_FUNCTION(), makeArgs: () => ({}) }],
  openslot_read_notifications: [
    token(() => ({ up_to: 0 })),
    { may: SIGNED_IN_BY_FUNCTION(), makeArgs: () => ({ up_to: 9_000_000 }) },
  ],
  openslot_push_subscribe: [
    token(subscription),
    { may: { ...SIGNED_IN_BY_FUNCTION(), stranger: 'not_allowed' }, makeArgs: subscription },
  ],
  openslot_push_unsubscribe: [{ may: PUBLIC, makeArgs: () => ({ endpoint: `https://push.example/${randomUUID()}` }) }],

  // Calls of signed-in users.
  openslot_desk: [{ may: SIGNED_IN, makeArgs: () => ({}) }],
  openslot_agenda: [provider((_, slug) => ({ provider: slug, from_date: '2026-11-01', to_date: '2026-12-15' }))],
  openslot_hours: [provider((_, slug) => ({ provider: slug }))],
  openslot_set_hours: [provider(sameHours)],
  openslot_set_provider: [provider((_, slug) => ({ provider: slug, settings: { title: 'Doctor' } }))],
  openslot_set_service: [
    provider((_, slug) => ({
      provider: slug,
      service: { slug: `service-${randomUUID()}`, name: 'Another', duration_minutes: 30 },
    })),
  ],
  openslot_set_slots: [
    provider(async (world, slug) => ({ provider: slug, ...(await freshRange(world, slug)), status: 'blocked' })),
  ],
  openslot_staff_book: [
    provider(async (world, slug) => ({
      provider: slug,
      service: 'visit',
      start: await world.freshStart(slug),
      patient,
      request_id: randomUUID(),
    })),
  ],
  openslot_staff_reschedule: [
    appointment(async (world, _id, slug) => ({
      start: await world.freshStart(slug),
      request_id: randomUUID(),
    })),
  ],
  openslot_staff_cancel: [appointment(() => ({ message: 'Sorry.' }))],
  openslot_staff_mark: [appointment(() => ({ status: 'no_show' }), true)],
  openslot_members: [
    { may: OF_OWNER, makeArgs: () => ({ tenant: 'alpha' }), nothing: () => ({ tenant: unknownId() }) },
  ],
  openslot_invite: [
    {
      may: OF_OWNER,
      makeArgs: () => ({ tenant: 'alpha', email: `new-${randomUUID()}@secret.example`, role: 'staff' }),
      nothing: () => ({ tenant: unknownId(), email: 'new@secret.example', role: 'staff' }),
    },
  ],
  openslot_remove_member: [
    {
      may: OF_OWNER,
      makeArgs: async (world) => ({ tenant: 'alpha', member: await world.addMember('alpha') }),
      nothing: () => ({ tenant: unknownId(), member: unknownId() }),
    },
    {
      // An owner of another clinic names the right clinic and a member of this one.
      may: {
        ...everyCaller('tenant_not_found'),
        anon: '401',
        ...all('not_allowed', 'betaProvider', 'betaStaff'),
        betaOwner: 'member_not_found',
      },
      makeArgs: async (world) => ({ tenant: 'beta', member: await world.addMember('alpha') }),
      nothing: () => ({ tenant: 'beta', member: unknownId() }),
    },
  ],
  openslot_revoke_invitation: [
    {
      may: { ...everyCaller('invitation_not_found'), anon: '401', alphaOwner: 'ok' },
      makeArgs: async (world) => ({ invitation: await invitation(world) }),
      nothing: () => ({ invitation: unknownId() }),
    },
  ],
  openslot_accept_invitation: [
    {
      // An invitation for another person.
      may: everyCaller('invitation_not_found', { anon: '401' }),
      makeArgs: async (world) =>
        world.clinic.row<{ token: string }>(`select openslot.token_of($1, 'invitation_token') as token`, [
          await invitation(world),
        ]),
      nothing: () => ({ token: 'nobody’s' }),
    },
  ],
};

/** The function itself refuses callers who are not signed in, because with a token it accepts them. */
function SIGNED_IN_BY_FUNCTION(): May {
  return everyCaller('ok', { anon: 'not_signed_in' });
}

function all(what: string, ...callers: CallerName[]): Partial<Record<CallerName, string>> {
  return Object.fromEntries(callers.map((caller) => [caller, what]));
}
