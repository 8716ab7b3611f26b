/** A row as in the log: column name to text, `null` for SQL null. Large values that did not change are missing. */
export type Cells = Record<string, string | null>;

export interface Relation {
  oid: number;
  schema: string;
  table: string;
  /** Published columns, in order. `isKey`: part of the replica identity. */
  columns: { name: string; isKey: boolean }[];
}

export interface RowChange {
  action: 'INSERT' | 'UPDATE' | 'DELETE';
  relation: Relation;
  /** The row after the change; `null` for DELETE. */
  row: Cells | null;
  /** The row before the change: the replica identity (all columns when that is "full"); `null` for INSERT. */
  oldRow: Cells | null;
  /** Milliseconds since 1970. */
  committedAt: number;
  /** Number of the transaction, without the epoch. */
  transaction: number;
}

/** PostgreSQL counts microseconds from 2000. */
const POSTGRES_EPOCH = Date.UTC(2000, 0, 1);

/**
 * Decodes the messages of PostgreSQL's pgoutput plugin (protocol 1, text format): whole transactions in the order of their
 * commits. It returns only row changes, and ignores TRUNCATE, types, origins and messages.
 */
export class PgOutputDecoder {
  #relations = new Map<number, Relation>();
  #committedAt = 0;
  #transaction = 0;

  decode(message: Buffer): RowChange | null {
    const reader = new Reader(message);
    switch (reader.char()) {
      case 'B':
        reader.skip(8);
        this.#committedAt = POSTGRES_EPOCH + Number(reader.int64() / 1000n);
        this.#transaction = reader.int32();
        return null;
      case 'R': {
        const relation = readRelation(reader);
        this.#relations.set(relation.oid, relation);
        return null;
      }
      case 'I':
        return this.#change('INSERT', reader);
      case 'U':
        return this.#change('UPDATE', reader);
      case 'D':
        return this.#change('DELETE', reader);
      default:
        return null;
    }
  }

  #change(action: RowChange['action'], reader: Reader): RowChange {
    const relation = this.#relations.get(reader.int32());
    if (!relation) throw new Error('The log names a table that it has not described');
    let row: Cells | null = null;
    let oldRow: Cells | null = null;
    while (!reader.atEnd) {
      const kind = reader.char();
      const cells = readTuple(reader, relation);
      if (kind === 'N') row = cells;
      else oldRow = kind === 'K' ? keyOf(cells, relation) : cells;
    }
    // The log has the old key only if the UPDATE changed it.
    if (action === 'UPDATE' && row) oldRow ??= keyOf(row, relation);
    return { action, relation, row, oldRow, committedAt: this.#committedAt, transaction: this.#transaction };
  }
}

function readRelation(reader: Reader): Relation {
  const oid = reader.int32();
  const schema = reader.string();
  const table = reader.string();
  reader.skip(1);
  const columns = Array.from({ length: reader.int16() }, () => {
    const isKey = reader.byte() === 1;
    const name = reader.string();
    reader.skip(8);
    return { name, isKey };
  });
  return { oid, schema, table, columns };
}

function readTuple(reader: Reader, relation: Relation): Cells {
  const cells: Cells = {};
  const count = reader.int16();
  for (const { name } of relation.columns.slice(0, count)) {
    const kind = reader.char();
    if (kind === 'n') cells[name] = null;
    else if (kind === 't') cells[name] = reader.text(reader.int32());
  }
  return cells;
}

function keyOf(cells: Cells, relation: Relation): Cells {
  const key = relation.columns.filter(({ name, isKey }) => isKey && name in cells);
  return Object.fromEntries(key.map(({ name }) => [name, cells[name] ?? null]));
}

class Reader {
  #buffer: Buffer;
  #offset = 0;

  constructor(buffer: Buffer) {
    this.#buffer = buffer;
  }

  get atEnd(): boolean {
    return this.#offset >= this.#buffer.length;
  }

  skip(bytes: number): void {
    this.#offset += bytes;
  }

  byte(): number {
    return this.#buffer.readUInt8(this.#advance(1));
  }

  char(): string {
    return String.fromCharCode(this.byte());
  }

  int16(): number {
    return this.#buffer.readInt16BE(this.#advance(2));
  }

  /** Unsigned: all values are lengths and object numbers. */
  int32(): number {
    return this.#buffer.readUInt32BE(this.#advance(4));
  }

  int64(): bigint {
    return this.#buffer.readBigInt64BE(this.#advance(8));
  }

  text(length: number): string {
    const start = this.#advance(length);
    return this.#buffer.toString('utf8', start, start + length);
  }

  /** Reads up to a zero byte. */
  string(): string {
    const text = this.text(this.#buffer.indexOf(0, this.#offset) - this.#offset);
    this.skip(1);
    return text;
  }

  #advance(bytes: number): number {
    const start = this.#offset;
    this.#offset += bytes;
    return start;
  }
}
