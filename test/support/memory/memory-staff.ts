/** The backend and session of a member on a `MemoryDesk`, with everything that can go wrong. */
import type { Clock } from '../../../src/core/time/clock.ts';
import { type ErrorCode, OpenslotError } from '../../../src/core/errors.ts';
import type { SessionState, Session } from '../../../src/core/supabase/session.ts';
import type { StaffBackend } from '../../../src/core/desk/backend.ts';
import type { Invitation, MembersResult } from '../../../src/core/desk/types.ts';
import type { MemoryDesk } from './memory-desk.ts';
import { MemorySocket } from './memory-realtime.ts';

export type StaffOperation = Exclude<keyof StaffBackend, 'connect'>;

export interface StaffFaults {
  /** Ms from a call to its answer. */
  latency: number;
  offline: boolean;
  /** So many of the next answers get lost, although the requests are carried out. */
  losesAnswers: number;
  refuses: Partial<Record<StaffOperation, ErrorCode>>;
}

export const PASSWORD = 'correct horse';
export const CODE = '123456';

/** Any address with `PASSWORD` or `CODE` can sign in. */
export class MemorySession implements Session {
  readonly sent: string[] = [];
  /** Codes with which signing in is refused. */
  refuses: ErrorCode | null = null;
  private state: SessionState;
  private readonly listeners = new Set<() => void>();

  constructor(email: string | null) {
    this.state = email === null ? { status: 'signed-out', email } : { status: 'signed-in', email };
  }

  getState(): SessionState {
    return this.state;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.check();
    if (password !== PASSWORD) throw new OpenslotError('wrong_password');
    this.set({ status: 'signed-in', email });
  }

  async sendCode(email: string): Promise<void> {
    await this.check();
    this.sent.push(email);
  }

  async verifyCode(email: string, code: string): Promise<void> {
    await this.check();
    if (code !== CODE) throw new OpenslotError('wrong_code');
    this.set({ status: 'signed-in', email });
  }

  async signUp(email: string): Promise<'signed-in' | 'confirm'> {
    await this.check();
    this.set({ status: 'signed-in', email });
    return 'signed-in';
  }

  signOut(): Promise<void> {
    this.set({ status: 'signed-out', email: null });
    return Promise.resolve();
  }

  renew(): Promise<void> {
    this.end();
    return Promise.resolve();
  }

  close(): void {
    this.listeners.clear();
  }

  /** The session expires. */
  end(): void {
    this.set({ ...this.state, status: 'ended' });
  }

  private async check(): Promise<void> {
    await Promise.resolve();
    if (this.refuses) throw new OpenslotError(this.refuses);
  }

  private set(state: SessionState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

export interface MemoryStaff extends StaffBackend {
  readonly faults: StaffFaults;
  readonly socket: MemorySocket;
  readonly calls: readonly StaffOperation[];
  goOffline(): void;
  goOnline(): void;
}

export function memoryStaff(
  desk: MemoryDesk,
  session: Session,
  clock: Clock,
  knobs: Partial<StaffFaults> = {},
): MemoryStaff {
  const faults: StaffFaults = { latency: 0, offline: false, losesAnswers: 0, refuses: {}, ...knobs };
  const calls: StaffOperation[] = [];
  const socket = new MemorySocket(desk.realtime);

  async function call<T>(operation: StaffOperation, work: (email: string) => T): Promise<T> {
    calls.push(operation);
    await new Promise<void>((resolve) => clock.after(faults.latency, resolve));
    if (faults.offline) throw new OpenslotError('network');
    const refusal = faults.refuses[operation];
    if (refusal) throw new OpenslotError(refusal);
    const { status, email } = session.getState();
    if (status !== 'signed-in') throw new OpenslotError('not_signed_in');
    const answer = structuredClone(work(email ?? ''));
    if (faults.losesAnswers > 0 && !['agenda', 'news', 'hours', 'desk'].includes(operation)) {
      faults.losesAnswers--;
      throw new OpenslotError('network');
    }
    return answer;
  }

  const team = (operation: StaffOperation, work: () => void = () => undefined): Promise<MembersResult> =>
    call(operation, (email) => {
      desk.membersResult(email);
      work();
      return desk.membersResult(email);
    });

  return {
    faults,
    socket,
    calls,
    desk: () => call('desk', (email) => desk.desk(email)),
    agenda: ({ provider, from_date, to_date }) => call('agenda', () => desk.agenda(provider, from_date, to_date)),
    news: () => call('news', () => ({ notifications: desk.news.slice(0, 50), server_time: desk.time() })),
    book: (request) => call('book', () => desk.book(request)),
    reschedule: (request) => call('reschedule', () => desk.reschedule(request)),
    cancel: ({ appointment, version, message }) => call('cancel', () => desk.cancel(appointment, version, message)),
    mark: (request) => call('mark', () => desk.mark(request)),
    setSlots: (request) => call('setSlots', () => desk.setSlots(request)),
    hours: ({ provider }) => call('hours', () => desk.hours(provider)),
    setHours: (request) => call('setHours', () => desk.setHours(request)),
    setProvider: ({ provider, settings }) => call('setProvider', () => desk.setProvider(provider, settings)),
    setService: ({ provider, service }) => call('setService', () => desk.setService(provider, service)),
    members: () => team('members'),
    invite: ({ email, role, provider }) => team('invite', () => invite(desk, { email, role, provider_id: provider })),
    revokeInvitation: ({ invitation }) =>
      team('revokeInvitation', () => {
        desk.invitations = desk.invitations.filter(({ id }) => id !== invitation);
      }),
    removeMember: ({ member }) => team('removeMember', () => desk.removeMember(member)),
    acceptInvitation: ({ token }) => call('acceptInvitation', (email) => accept(desk, token, email)),
    connect: () => socket.connect(),
    goOffline() {
      faults.offline = true;
      socket.down();
    },
    goOnline() {
      faults.offline = false;
      socket.up();
    },
  };
}

function invite(desk: MemoryDesk, wish: Pick<Invitation, 'email' | 'role' | 'provider_id'>): void {
  if (desk.members.some(({ email }) => email === wish.email)) throw new OpenslotError('already_member');
  const others = desk.invitations.filter(({ email }) => email !== wish.email);
  const created = Date.parse(desk.time());
  const invitation = {
    ...wish,
    id: `invitation-${wish.email}`,
    token: `token-${wish.email}`,
    created_at: new Date(created).toISOString(),
    expires_at: new Date(created + 7 * 86_400_000).toISOString(),
  };
  desk.invitations = [...others, invitation];
}

function accept(desk: MemoryDesk, token: string, email: string) {
  const invitation = desk.invitations.find((other) => other.token === token && other.email === email);
  if (!invitation) throw new OpenslotError('invitation_not_found');
  desk.invitations = desk.invitations.filter((other) => other !== invitation);
  const { role, provider_id } = invitation;
  desk.members.push({ user_id: `user-${email}`, email, role, provider_id });
  return desk.desk(email);
}
