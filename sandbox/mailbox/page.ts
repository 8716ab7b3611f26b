/**
 * The mailbox page: a list that stays up to date, and the mail in the address (`#ID`). Texts are set as text, never as
 * markup; a mail's own markup is shown in a frame where no script runs.
 */
import type { Mail, MailSummary } from './mailbox.ts';

const LOOK_MS = 1_500;

const list = byId('mails', HTMLUListElement);
const reading = byId('reading', HTMLElement);
const empty = byId('empty', HTMLElement);
const status = byId('status', HTMLElement);
const clear = byId('clear', HTMLButtonElement);

let mails: readonly MailSummary[] = [];
let shown: string | null = null;
let etag = '';

function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`no ${id}`);
  return found;
}

type Child = Node | string | null;

function create<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

const timeFormat = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit', second: '2-digit' });
const dayFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/* The list ----------------------------------------------------------------------------------------------------------- */

async function look(): Promise<void> {
  try {
    const response = await fetch('mails', { headers: etag ? { 'if-none-match': etag } : {}, cache: 'no-store' });
    if (response.status === 200) {
      etag = response.headers.get('etag') ?? '';
      showList((await response.json()) as MailSummary[]);
    } else if (response.status !== 304) {
      throw new Error(String(response.status));
    }
    say(mails.length === 0 ? '' : mails.length === 1 ? '1 mail' : `${mails.length} mails`);
  } catch {
    say('The demo can’t be reached. It may have been stopped: npm start');
  }
  setTimeout(() => void look(), LOOK_MS);
}

function say(text: string): void {
  if (status.textContent !== text) status.textContent = text;
}

/** Adds new mails at the top. Existing entries stay, so that they keep their focus. */
function showList(next: readonly MailSummary[]): void {
  const wasEmpty = mails.length === 0;
  mails = next;
  const items = new Map([...list.children].map((item) => [item.id, item]));
  const wanted = new Set(next.map(({ id }) => `mail-${id}`));
  for (const [id, item] of items) if (!wanted.has(id)) item.remove();
  for (const mail of [...next].reverse()) {
    if (!items.has(`mail-${mail.id}`)) list.prepend(listItem(mail, !wasEmpty));
  }
  empty.hidden = next.length > 0;
  clear.hidden = next.length === 0;
  // A wide page has room for a mail beside the list.
  if (!location.hash && !shown && next[0] && matchMedia('(min-width: 62rem)').matches) void show(next[0].id);
  else markCurrent();
}

function listItem({ id, to, subject, received_at }: MailSummary, isNew: boolean): HTMLLIElement {
  const recipient = to.map(({ name, address }) => name || address).join(', ');
  const item = create(
    'li',
    { id: `mail-${id}`, ...(isNew ? { class: 'new' } : {}) },
    create(
      'a',
      { href: `#${id}` },
      create('span', { class: 'who' }, create('bdi', {}, recipient)),
      create('time', { datetime: received_at }, timeFormat.format(new Date(received_at))),
      create('span', { class: 'subject' }, create('bdi', {}, subject)),
    ),
  );
  item.addEventListener('animationend', () => item.classList.remove('new'));
  return item;
}

function markCurrent(): void {
  for (const link of list.querySelectorAll('a')) {
    if (link.hash === `#${shown ?? ''}`) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
  document.body.classList.toggle('is-reading', location.hash !== '');
}

/* One mail ----------------------------------------------------------------------------------------------------------- */

async function show(id: string): Promise<void> {
  if (shown === id) return;
  shown = id;
  markCurrent();
  const response = await fetch(`mails/${id}`).catch(() => null);
  // The user has chosen another mail meanwhile.
  if (shown !== id) return;
  if (!response?.ok) {
    reading.replaceChildren(backLink(), create('p', { class: 'gone' }, 'This mail is no longer here.'));
    return;
  }
  const mail = (await response.json()) as Mail;
  reading.replaceChildren(backLink(), heading(mail), views(mail));
}

function backLink(): HTMLAnchorElement {
  const link = create('a', { class: 'back', href: '#' }, 'All mails');
  link.addEventListener('click', (event) => {
    event.preventDefault();
    const origin = shown;
    history.replaceState(null, '', location.pathname);
    shown = null;
    reading.replaceChildren();
    markCurrent();
    document.querySelector<HTMLElement>(`#mail-${origin ?? ''} a`)?.focus();
  });
  return link;
}

function heading(mail: Mail): HTMLElement {
  const people = mail.to.map(({ name, address }) => (name ? `${name} <${address}>` : address)).join(', ');
  const rows: [string, string | null][] = [
    ['To', people],
    ['From', mail.from],
    ['Reply to', mail.reply_to],
    ['Received', dayFormat.format(new Date(mail.received_at))],
  ];
  return create(
    'header',
    {},
    create('h2', {}, create('bdi', {}, mail.subject)),
    create(
      'dl',
      {},
      ...rows
        .filter(([, value]) => value)
        .map(([label, value]) =>
          create('div', {}, create('dt', {}, label), create('dd', {}, create('bdi', {}, value ?? ''))),
        ),
    ),
  );
}

interface View {
  readonly label: string;
  readonly content: () => HTMLElement;
}

/** The views of a mail, as tabs. */
function views(mail: Mail): HTMLElement {
  const all: View[] = [
    ...(mail.html === null ? [] : [{ label: 'Message', content: () => frame(mail) }]),
    { label: 'Plain text', content: () => create('pre', { class: 'text', dir: 'auto', tabindex: '0' }, mail.text) },
    ...mail.calendars.map(({ method, content }) => ({
      label: method === 'CANCEL' ? 'Calendar: remove' : 'Calendar: add or move',
      content: () => create('pre', { tabindex: '0' }, content),
    })),
    { label: 'Source', content: () => create('pre', { tabindex: '0' }, mail.source) },
  ];
  const panel = create('div', { class: 'panel', role: 'tabpanel', id: 'panel' });
  const tabs = all.map(({ label }, index) =>
    create('button', { type: 'button', role: 'tab', id: `tab-${index}`, 'aria-controls': 'panel' }, label),
  );
  const choose = (index: number): void => {
    tabs.forEach((tab, other) => {
      tab.setAttribute('aria-selected', String(other === index));
      tab.tabIndex = other === index ? 0 : -1;
    });
    panel.setAttribute('aria-labelledby', `tab-${index}`);
    panel.replaceChildren(all[index]?.content() ?? '');
  };
  tabs.forEach((tab, index) => {
    tab.addEventListener('click', () => choose(index));
    tab.addEventListener('keydown', ({ key }) => {
      const steps: Record<string, number> = {
        ArrowRight: 1,
        ArrowLeft: -1,
        Home: -index,
        End: tabs.length - 1 - index,
      };
      const step = steps[key];
      if (step === undefined) return;
      const next = (index + step + tabs.length) % tabs.length;
      choose(next);
      tabs[next]?.focus();
    });
  });
  choose(0);
  return create('div', {}, create('div', { role: 'tablist', 'aria-label': 'Ways to look at it' }, ...tabs), panel);
}

/** Makes the frame as tall as its content, so that the page scrolls and not the frame. */
function frame(mail: Mail): HTMLIFrameElement {
  const element = create('iframe', {
    title: `Message: ${mail.subject}`,
    src: `mails/${mail.id}/html`,
    sandbox: 'allow-same-origin allow-popups allow-popups-to-escape-sandbox',
  });
  const fit = (): void => {
    const body = element.contentDocument?.body;
    if (body) element.height = String(Math.ceil(body.getBoundingClientRect().height) + 1);
  };
  element.addEventListener('load', fit);
  new ResizeObserver(fit).observe(element);
  return element;
}

/* Events ----------------------------------------------------------------------------------------------------------- */

function followAddress(): void {
  const id = location.hash.slice(1);
  if (id) void show(id).then(() => reading.focus({ preventScroll: true }));
  else markCurrent();
}

clear.addEventListener('click', () => {
  void fetch('mails', { method: 'DELETE' }).then(() => {
    history.replaceState(null, '', location.pathname);
    shown = null;
    reading.replaceChildren();
    showList([]);
  });
});
addEventListener('hashchange', followAddress);
followAddress();
void look();
