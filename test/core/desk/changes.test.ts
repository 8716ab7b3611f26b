/** What staff do at a desk: what is sent, and what is shown until the server has it. */
import { expect } from '@open-wc/testing';
import { OpenslotError } from '../../../src/core/errors.ts';
import type { DeskAppointment } from '../../../src/core/desk/types.ts';
import { at, DESK_NOW, MIRA_HOURS } from '../../support/memory/desk-seed.ts';
import { beginShift, type Shift } from '../../support/memory/desk-shift.ts';
import { MIRA, SERVICES } from '../../support/memory/memory-seed.ts';
import { failure } from '../../support/pages/visit.ts';

const FRIDAY_11 = at('2026-11-27', '11:00');
const FRIDAY_12 = at('2026-11-27', '12:00');
const patient = { name: 'Berit Blom', email: null, phone: null, note: null };

/** Lets the server answer the requests on their way. */
async function done<T>({ clock }: Shift, asked: Promise<T>): Promise<T> {
  await clock.advance(1_000);
  return asked;
}

describe('what staff ask for', () => {
  it('is sent with the version that they saw, and with their words, or none', async () => {
    const shift = await beginShift();
    const [cancels, moves, marks] = [shift.watch('cancel'), shift.watch('reschedule'), shift.watch('mark')];
    const lea = shift.appointment('Lea Roth');
    const moved = await done(shift, shift.live.reschedule(lea, FRIDAY_11, 'Earlier'));
    expect(moved).to.deep.include({ id: lea.id, start: FRIDAY_11.replace('.000Z', 'Z'), version: lea.version + 1 });
    const again = await done(shift, shift.live.reschedule(moved, FRIDAY_12));
    expect(moves).to.deep.equal(
      [
        { version: lea.version, start: FRIDAY_11, message: 'Earlier' },
        { version: moved.version, start: FRIDAY_12, message: null },
      ].map((sent, index) => ({
        ...sent,
        appointment: lea.id,
        request_id: (moves[index] as { request_id: string }).request_id,
      })),
    );
    await done(shift, shift.live.cancel(again, 'Ill'));
    await done(shift, shift.live.cancel(shift.appointment('Per Alm')));
    expect(cancels.map((sent) => (sent as { message: unknown }).message)).to.deep.equal(['Ill', null]);
    const sara = shift.appointment('Sara Holm');
    expect((await done(shift, shift.live.mark(sara, 'no_show'))).status).to.equal('no_show');
    expect(marks).to.deep.equal([{ appointment: sara.id, status: 'no_show', version: sara.version }]);
  });

  it('is shown at once', async () => {
    const shift = await beginShift();
    const [lea, per, sara] = ['Lea Roth', 'Per Alm', 'Sara Holm'].map((name) => shift.appointment(name));
    const asked = [
      shift.live.cancel(lea!, 'Ill'),
      shift.live.mark(sara!, 'completed'),
      shift.live.cancel(per!),
      shift.live.book({ service: 'consultation', start: FRIDAY_12, patient }),
    ];
    expect(shift.appointment('Lea Roth')).to.include({
      status: 'cancelled',
      cancelled_by: 'provider',
      cancel_reason: 'Ill',
    });
    expect(shift.appointment('Per Alm').cancel_reason).to.equal(null);
    expect(shift.appointment('Sara Holm').status).to.equal('completed');
    const berit = shift.appointment('Berit Blom');
    expect(berit).to.deep.include({
      status: 'confirmed',
      start: FRIDAY_12.replace('.000Z', 'Z'),
      end: at('2026-11-27', '12:20').replace('.000Z', 'Z'),
      service_id: SERVICES.consultation.id,
      service_name: 'Consultation',
      provider_id: MIRA.id,
      outside_hours: false,
      changeable: false,
      created_at: new Date(DESK_NOW + 1_000).toISOString(),
    });
    expect([...shift.live.getState().busy].sort()).to.deep.equal([lea!.id, sara!.id, per!.id, berit.id].sort());
    await shift.clock.advance(1_000);
    await Promise.all(asked);
    expect(shift.live.getState().busy.size).to.equal(0);
  });

  it('is a booking of a service by its slug or its id, and of no other', async () => {
    const shift = await beginShift();
    const requests = shift.watch('book');
    await done(shift, shift.live.book({ service: 'first-visit', start: FRIDAY_11, patient }));
    await done(shift, shift.live.book({ service: SERVICES.consultation.id, start: FRIDAY_12, patient }));
    expect(requests.map((sent) => (sent as { service: string }).service)).to.deep.equal([
      SERVICES.firstVisit.id,
      SERVICES.consultation.id,
    ]);
    expect(await failure(shift.live.book({ service: 'massage', start: FRIDAY_12, patient }))).to.equal(
      'service_not_found',
    );
    expect(requests).to.have.length(2);
  });

  it('is gone when it was refused, and nothing else with it', async () => {
    const shift = await beginShift();
    shift.backend.faults.refuses.cancel = 'not_allowed';
    shift.backend.faults.latency = 200;
    const refused = failure(shift.live.cancel(shift.appointment('Lea Roth')));
    const marked = shift.live.mark(shift.appointment('Sara Holm'), 'completed');
    await shift.clock.advance(200);
    expect(await refused).to.equal('not_allowed');
    expect([shift.appointment('Lea Roth').status, shift.appointment('Sara Holm').status]).to.deep.equal([
      'confirmed',
      'completed',
    ]);
    await done(shift, marked);
  });

  it('gives way to what the server says once that is newer', async () => {
    const shift = await beginShift();
    await done(shift, shift.live.setSlots(FRIDAY_11, FRIDAY_12, 'blocked'));
    shift.desk.setSlots({ provider: MIRA.id, from_time: FRIDAY_11, to_time: FRIDAY_12, status: 'open' });
    await shift.clock.advance(1_000);
    expect(shift.slot(FRIDAY_11)?.status).to.equal('open');
  });

  it('is shown as long as it is under way, whatever else is done by then', async () => {
    const shift = await beginShift();
    const { mark } = shift.backend;
    shift.backend.mark = async (request) => {
      await new Promise<void>((resolve) => shift.clock.after(5_000, resolve));
      return mark(request);
    };
    const sara = shift.appointment('Sara Holm');
    const marked = shift.live.mark(sara, 'completed');
    const shown = new Set<string>();
    shift.live.subscribe(() => shown.add(shift.appointment('Sara Holm').status));
    await done(shift, shift.live.cancel(shift.appointment('Lea Roth')));
    expect([...shift.live.getState().busy]).to.deep.equal([sara.id]);
    await shift.clock.advance(5_000);
    await marked;
    expect([[...shown], shift.live.getState().busy.size]).to.deep.equal([['completed'], 0]);
  });

  const faster: [what: string, by: (shift: Shift, lea: DeskAppointment) => unknown][] = [
    [
      'moved it to another time',
      ({ desk }, { id, version }) =>
        desk.reschedule({ appointment: id, start: FRIDAY_12, version, request_id: 'theirs', message: null }, 'patient'),
    ],
    ['cancelled it', ({ desk }, { id, version }) => desk.cancel(id, version, null, 'patient')],
  ];
  for (const [what, act] of faster) {
    it(`is refused after a lost question when a patient ${what} before it came again`, async () => {
      const shift = await beginShift();
      const lea = shift.appointment('Lea Roth');
      const { reschedule } = shift.backend;
      shift.backend.reschedule = () => {
        shift.backend.reschedule = reschedule;
        act(shift, lea);
        return Promise.reject(new OpenslotError('network'));
      };
      const moving = failure(shift.live.reschedule(lea, FRIDAY_11));
      await shift.clock.advance(5_000);
      expect(await moving).to.equal('appointment_changed');
      expect(shift.appointment('Lea Roth')).to.deep.include({
        id: lea.id,
        version: lea.version + 1,
      });
      expect(shift.appointment('Lea Roth').start).not.to.equal(FRIDAY_11.replace('.000Z', 'Z'));
    });
  }
});

describe('hours and settings', () => {
  it('are tried first, then saved, and fetched again', async () => {
    const shift = await beginShift();
    const requests = shift.watch('setHours');
    const hours = { ...MIRA_HOURS, rules: MIRA_HOURS.rules.slice(0, 4) };
    const preview = await done(shift, shift.live.previewHours(hours, 1));
    expect([preview.preview, shift.live.getState().hours?.version]).to.deep.equal([true, 1]);
    const saved = await done(shift, shift.live.saveHours(hours, 1));
    expect([saved.version, shift.live.getState().hours?.hours]).to.deep.equal([2, hours]);
    expect(requests).to.deep.equal([true, false].map((preview) => ({ provider: MIRA.id, hours, version: 1, preview })));
  });

  it('that somebody else saved meanwhile are fetched, too', async () => {
    const shift = await beginShift();
    shift.backend.socket.losesMessages = Infinity;
    const hours = { ...MIRA_HOURS, rules: [] };
    shift.desk.setHours({ provider: MIRA.id, hours, version: 1, preview: false });
    expect(await done(shift, failure(shift.live.saveHours(MIRA_HOURS, 1)))).to.equal('hours_changed');
    expect(shift.live.getState().hours).to.deep.include({ hours, version: 2 });
  });

  it('of provider and services are sent as they are, and shown when they are saved', async () => {
    const shift = await beginShift();
    shift.backend.socket.losesMessages = Infinity;
    const [providers, services] = [shift.watch('setProvider'), shift.watch('setService')];
    await done(shift, shift.live.saveProvider({ min_notice_minutes: 120 }));
    const service = { id: SERVICES.consultation.id, name: 'Check-up' };
    await done(shift, shift.live.saveService(service as never));
    expect([providers, services]).to.deep.equal([
      [{ provider: MIRA.id, settings: { min_notice_minutes: 120 } }],
      [{ provider: MIRA.id, service }],
    ]);
    const { provider, services: shown } = shift.live.getState();
    expect([provider?.min_notice_minutes, shown[0]?.name]).to.deep.equal([120, 'Check-up']);
  });

  it('are fetched after a message only if they may have changed, and news only after one about an appointment', async () => {
    const shift = await beginShift();
    const fetched = async (act: () => unknown) => {
      const before = shift.backend.calls.length;
      act();
      await shift.clock.advance(1_000);
      return shift.backend.calls.slice(before);
    };
    const { desk } = shift;
    expect(await fetched(() => desk.hold(MIRA.id, FRIDAY_11, 20, DESK_NOW + 300_000))).to.deep.equal(['agenda']);
    const hours = { ...MIRA_HOURS, rules: MIRA_HOURS.rules.slice(1) };
    const edit = { provider: MIRA.id, hours, version: 1, preview: false };
    expect(await fetched(() => desk.setHours(edit))).to.deep.equal(['agenda', 'hours']);
    // One slot fewer looks like a booking. The agenda names the version of the hours.
    const [monday, ...others] = hours.rules;
    const shorter = { ...hours, rules: [{ ...monday!, end: '16:40' }, ...others] };
    expect(await fetched(() => desk.setHours({ ...edit, hours: shorter, version: 2 }))).to.deep.equal([
      'agenda',
      'hours',
    ]);
    expect(shift.live.getState().hours).to.deep.include({ hours: shorter, version: 3 });
    const booking = { provider: MIRA.id, service: 'consultation', patient, request_id: 'r' };
    const start = at('2026-11-25', '16:00');
    expect(await fetched(() => desk.book({ ...booking, start }, 'patient'))).to.deep.equal(['agenda', 'news']);
    expect(shift.live.getState().news[0]?.patient_name).to.equal('Berit Blom');
    expect(await fetched(() => void shift.live.refresh())).to.deep.equal(['agenda', 'news']);
  });
});
