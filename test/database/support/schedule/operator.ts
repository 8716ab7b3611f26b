import { pick } from '../random.ts';
import { type BusyClinic, iso, someInstant } from './busy-clinic.ts';

const MINUTE_MS = 60_000;

/** A person who writes facts and settings by hand, with one statement for several providers, and runs maintenance. */
export class Operator {
  /** What was wrong at some moment. */
  readonly violations: string[] = [];
  /** Holds that ended by the clock, neither used nor given up before. */
  ranOut = 0;
  readonly #clinic: BusyClinic;
  readonly #random: () => number;

  constructor(clinic: BusyClinic, random: () => number) {
    this.#clinic = clinic;
    this.#random = random;
  }

  async act(): Promise<void> {
    const { ids } = this.#clinic;
    const kind = this.#random();
    if (kind < 0.35) await this.#letHoldsRunOut();
    else if (kind < 0.45) await this.#addOverrides();
    else if (kind < 0.53) await this.#deleteSome('overrides');
    else if (kind < 0.59) await this.#addExceptions();
    else if (kind < 0.64) await this.#deleteSome('availability_exceptions');
    else if (kind < 0.72) await this.#cancelSome();
    else if (kind < 0.79) await this.#changeSettings();
    else if (kind < 0.83) await this.#clinic.byHand('call openslot.extend_horizon()');
    else if (kind < 0.87) await this.#clinic.byHand(`call openslot.purge('30 days', '1 second')`);
    else if (kind < 0.9)
      await this.#clinic.byHand('select openslot.reopen(id) from openslot.providers where id = $1', [
        pick(this.#random, ids),
      ]);
    else this.violations.push(...(await this.#clinic.violations()));
  }

  /**
   * Lets some holds end with this second, as all holds end on whole seconds, and waits until then. None becomes longer: that
   * could break a rule.
   */
  async #letHoldsRunOut(): Promise<void> {
    const ended = await this.#clinic.byHand(
      `update openslot.holds
       set held_until = date_trunc('second', clock_timestamp()) + interval '1 second',
         began_at = date_trunc('second', clock_timestamp()) - interval '1 minute'
       where provider_id = any ($1) and held_until > date_trunc('second', clock_timestamp()) + interval '1 second'
         and get_byte(holder, 0) % 2 = $2`,
      [this.#clinic.ids, this.#random() < 0.5 ? 0 : 1],
    );
    if (ended === 0) return;
    await this.#clinic.byHand('select pg_sleep(1)');
    this.ranOut += await this.#clinic.byHand(
      'select from openslot.holds where provider_id = any ($1) and held_until <= clock_timestamp()',
      [this.#clinic.ids],
    );
  }

  #addOverrides(): Promise<number> {
    const from = someInstant(this.#random);
    return this.#clinic.byHand(
      `insert into openslot.overrides (provider_id, effect, during)
       select id, $2, tstzrange($3::timestamptz + (position - 1) * interval '50 minutes', $4::timestamptz + (position - 1) * interval '50 minutes')
       from unnest($1::uuid[]) with ordinality as chosen (id, position)`,
      [
        this.#clinic.ids,
        pick(this.#random, ['open', 'closed']),
        iso(from),
        iso(from + pick(this.#random, [20, 90, 600]) * MINUTE_MS),
      ],
    );
  }

  #addExceptions(): Promise<number> {
    const from = iso(someInstant(this.#random)).slice(0, 16);
    return this.#clinic.byHand(
      `insert into openslot.availability_exceptions (provider_id, kind, starts_at, ends_at)
       select id, $2, $3::timestamp, $3::timestamp + $4::interval from unnest($1::uuid[]) as id`,
      [
        this.#clinic.ids,
        pick(this.#random, ['off', 'extra']),
        from,
        pick(this.#random, ['15 minutes', '2 hours', '1 day']),
      ],
    );
  }

  #deleteSome(table: 'overrides' | 'availability_exceptions'): Promise<number> {
    return this.#clinic.byHand(`delete from openslot.${table} where provider_id = any ($1) and id % 2 = $2`, [
      this.#clinic.ids,
      this.#random() < 0.5 ? 0 : 1,
    ]);
  }

  #cancelSome(): Promise<number> {
    return this.#clinic.byHand(
      `update openslot.appointments set status = 'cancelled', cancelled_by = 'provider', changed_by = 'provider', cancelled_at = now()
       where provider_id = any ($1) and status = 'confirmed' and get_byte(token_hash, 0) % 4 = $2`,
      [this.#clinic.ids, Math.floor(this.#random() * 4)],
    );
  }

  #changeSettings(): Promise<number> {
    const varied = this.#clinic.providers.find(({ keepsLimit }) => !keepsLimit)!;
    const kind = this.#random();
    if (kind < 0.4) {
      return this.#clinic.byHand('update openslot.providers set title = $2 where id = any ($1)', [
        this.#clinic.ids,
        `Title ${kind}`,
      ]);
    } else if (kind < 0.7) {
      return this.#clinic.byHand('update openslot.providers set daily_limit = $2 where id = $1', [
        varied.id,
        pick(this.#random, [null, 1, 4]),
      ]);
    }
    return this.#clinic.byHand(`update openslot.services set description = $2 where provider_id = any ($1)`, [
      this.#clinic.ids,
      `Description ${kind}`,
    ]);
  }
}
