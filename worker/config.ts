import { createECDH } from 'node:crypto';
import addressparser from 'nodemailer/lib/addressparser/index.js';

/** The key pair that identifies the sender to push services. Pages subscribe with the public key. */
export interface VapidKeys {
  readonly publicKey: string;
  readonly privateKey: string;
  /** Contact for the operators of push services: a `mailto:` or `https:` address. */
  readonly subject: string;
}

/** The address that all e-mails come from. The name in front of it is the clinic's. */
export interface Sender {
  readonly address: string;
  readonly domain: string;
}

export interface WorkerConfig {
  readonly databaseUrl: string;
  readonly smtpUrl: string;
  readonly mailFrom: Sender;
  /** Without keys, each push delivery becomes a dead letter whose error names the missing variables. */
  readonly vapid: VapidKeys | null;
  /** Address that serves `/health` and `/metrics`; `null`: the worker serves neither. */
  readonly http: { readonly host: string; readonly port: number } | null;
  /** How many messages are sent at the same time. */
  readonly concurrency: number;
  /** After this many attempts a delivery is a dead letter. */
  readonly maxAttempts: number;
  readonly logLevel: LogLevel;
}

const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

type Environment = Readonly<Record<string, string | undefined>>;

/** Lists every mistake in the environment, one sentence each. It names variables and never shows their values. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** @throws {ConfigError} */
export function readConfig(env: Environment): WorkerConfig {
  const problems: string[] = [];
  const read = new Reader(env, problems);
  const databaseUrl = readDatabaseUrl(read);
  const smtpUrl = read.url('SMTP_URL', ['smtp:', 'smtps:'], 'smtps://user:password@mail.example.com');
  const mailFrom = readSender(read);
  const vapid = readVapid(read);
  const port = read.integer('PORT', 8080, 0, 65_535);
  const config: WorkerConfig = {
    databaseUrl,
    smtpUrl,
    mailFrom,
    vapid,
    http: { host: env['HOST'] || '127.0.0.1', port },
    concurrency: read.integer('CONCURRENCY', 10, 1, 100),
    maxAttempts: read.integer('MAX_ATTEMPTS', 12, 1, 100),
    logLevel: read.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** Reads only the database's URL, for the commands that need nothing else. @throws {ConfigError} */
export function readDatabase(env: Environment): string {
  const problems: string[] = [];
  const databaseUrl = readDatabaseUrl(new Reader(env, problems));
  if (problems.length > 0) throw new ConfigError(problems);
  return databaseUrl;
}

/**
 * @param text One address, with or without a name: `Northside Clinic <no-reply@clinic.example>`
 * @returns `null` if `text` is anything else
 */
function parseSender(text: string): Sender | null {
  const [first, ...others] = addressparser(text);
  if (!first || others.length > 0 || !('address' in first) || !first.address) return null;
  const domain = /^[^\s@<>]+@([^\s@<>]+\.[^\s@<>.]+|localhost)$/.exec(first.address)?.[1];
  return domain ? { address: first.address, domain } : null;
}

class Reader {
  readonly #env: Environment;
  readonly #problems: string[];

  constructor(env: Environment, problems: string[]) {
    this.#env = env;
    this.#problems = problems;
  }

  get(name: string): string {
    return this.#env[name]?.trim() ?? '';
  }

  complain(problem: string): void {
    this.#problems.push(problem);
  }

  url(name: string, protocols: readonly string[], example: string): string {
    const value = this.get(name);
    if (!value) this.complain(`${name} is missing. It looks like ${example}`);
    else if (!protocols.includes(URL.parse(value)?.protocol ?? '')) {
      this.complain(`${name} is not an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}.`);
    }
    return value;
  }

  integer(name: string, fallback: number, min: number, max: number): number {
    const value = this.get(name);
    if (!value) return fallback;
    const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
    if (!(number >= min && number <= max)) this.complain(`${name} must be a whole number from ${min} to ${max}.`);
    return number;
  }

  oneOf<Value extends string>(name: string, values: readonly Value[], fallback: Value): Value {
    const value = this.get(name);
    const known = values.find((candidate) => candidate === value);
    if (value && !known) this.complain(`${name} must be one of ${values.join(', ')}.`);
    return known ?? fallback;
  }
}

function readDatabaseUrl(read: Reader): string {
  const name = 'DATABASE_URL';
  const value = read.url(
    name,
    ['postgres:', 'postgresql:'],
    'postgresql://postgres:password@db.abcdefgh.supabase.co:5432/postgres',
  );
  const url = URL.parse(value);
  if (url?.hostname.endsWith('.pooler.supabase.com') && url.port === '6543') {
    read.complain(
      `${name} leads to Supabase's pooler in transaction mode, through which a worker can't be woken. ` +
        'Take the direct connection or the session pooler (port 5432).',
    );
  }
  return value;
}

function readSender(read: Reader): Sender {
  const value = read.get('MAIL_FROM');
  const sender = parseSender(value);
  if (!value) read.complain('MAIL_FROM is missing. It looks like no-reply@clinic.example');
  else if (!sender) read.complain('MAIL_FROM must be one e-mail address, with or without a name before it in < >.');
  return sender ?? { address: '', domain: '' };
}

function readVapid(read: Reader): VapidKeys | null {
  const names = ['VAPID_PUBLIC_KEY', 'VAPID_PRIVATE_KEY', 'VAPID_SUBJECT'] as const;
  const [publicKey, privateKey, subject] = names.map((name) => read.get(name)) as [string, string, string];
  const missing = names.filter((name) => !read.get(name));
  if (missing.length === names.length) return null;
  if (missing.length > 0) {
    read.complain(`Web push needs ${names.join(', ')}, all three or none; ${missing.join(' and ')} is missing.`);
    return null;
  }
  if (!/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/.test(subject)) {
    read.complain('VAPID_SUBJECT must be a mailto: or https: address.');
  }
  if (!isKeyPair(publicKey, privateKey)) {
    read.complain(
      'VAPID_PUBLIC_KEY and VAPID_PRIVATE_KEY are not a pair. `npx web-push generate-vapid-keys` makes one.',
    );
  }
  return { publicKey, privateKey, subject };
}

function isKeyPair(publicKey: string, privateKey: string): boolean {
  try {
    const curve = createECDH('prime256v1');
    curve.setPrivateKey(Buffer.from(privateKey, 'base64url'));
    return curve.getPublicKey('base64url') === publicKey;
  } catch {
    return false;
  }
}
