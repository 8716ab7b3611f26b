/** Renders a letter as HTML and as plain text. */
import { Html, markup } from './html.ts';
import type { Letter } from './letter.ts';

/**
 * Colours are plain hex, because mail programs support no other notation. Each text has its own colour on its own background,
 * so that programs with a dark mode keep it readable. Programs that drop styles still show the content in order, with its
 * roles.
 */
const STYLE = `
  body { margin: 0; background: #f1f5f4; color: #16211f;
    font: 16px/1.5 -apple-system, "Segoe UI", system-ui, Roboto, "Helvetica Neue", sans-serif; }
  .letter { max-width: 560px; margin: 0 auto; padding: 32px 24px; overflow-wrap: anywhere; }
  .sheet { background: #ffffff; color: #16211f; border-radius: 14px; padding: 28px; }
  .clinic { margin: 0 0 16px; padding: 0 4px; font-weight: 600; color: #16211f; }
  h1 { margin: 0 0 8px; font-size: 26px; line-height: 1.2; letter-spacing: -0.01em; }
  p { margin: 0; }
  table { width: 100%; margin: 24px 0 0; border-collapse: collapse; }
  th, td { padding: 12px 0; border-top: 1px solid #d9e2e0; text-align: start; vertical-align: top; }
  th { width: 84px; padding-inline-end: 16px; font-weight: 400; font-size: 14px; line-height: 24px; color: #55625f; }
  td { font-weight: 600; }
  blockquote { margin: 12px 0 0; padding: 14px 16px; border-inline-start: 3px solid #0b6a6a; background: #f1f5f4; color: #16211f; }
  blockquote p + p { margin-top: 4px; white-space: pre-line; }
  .muted { color: #55625f; font-size: 14px; }
  .action { margin: 28px 0 0; }
  .button { display: inline-block; padding: 12px 22px; border-radius: 10px; background: #0b6a6a; color: #ffffff;
    font-weight: 600; text-decoration: none; }
  .footer { padding: 20px 4px 0; color: #55625f; font-size: 13px; }
  @media (max-width: 480px) {
    .letter { padding: 20px 12px; } .sheet { padding: 22px 18px; } h1 { font-size: 23px; }
    th, td { display: block; width: auto; } th { padding-bottom: 0; } td { padding-top: 0; border-top: 0; }
  }
  @media (prefers-color-scheme: dark) {
    body { background: #101716; } .sheet { background: #1a2321; }
    body, .sheet, .clinic { color: #e4ecea; } .muted, .footer, th { color: #a3b1ae; }
    th, td { border-color: #33403d; } blockquote { background: #101716; color: #e4ecea; border-color: #7fd3cc; }
    .button { background: #7fd3cc; color: #08211f; }
  }`;

export function renderHtml(letter: Letter): string {
  const { lang, dir, subject, clinic, heading, intro, rows, quote, action, footer } = letter;
  return markup`<!doctype html>
<html lang="${lang}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${subject}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<div class="letter" role="article" aria-roledescription="email" lang="${lang}" dir="${dir}">
<p class="clinic"><bdi>${clinic}</bdi></p>
<div class="sheet">
<h1>${heading}</h1>
<p>${intro}</p>
${rows.length > 0 ? markup`<table>\n${rows.map(renderRow)}</table>` : null}
${quote ? markup`<blockquote><p class="muted">${quote.from}</p><p dir="auto">${quote.text}</p></blockquote>` : null}
${action ? markup`<p class="action"><a class="button" href="${action.url}">${action.label}</a></p>` : null}
</div>
<p class="footer">${footer}</p>
</div>
</body>
</html>
`.text;
}

function renderRow({ label, value }: Letter['rows'][number]): Html {
  return markup`<tr><th scope="row">${label}</th><td><bdi>${value}</bdi></td></tr>\n`;
}

export function renderText({ clinic, heading, intro, rows, quote, action, footer }: Letter): string {
  return [
    clinic,
    `${heading}\n${intro}`,
    rows.map(({ label, value }) => `${label}: ${value}`).join('\n'),
    quote && `${quote.from}\n${quote.text.replace(/^/gm, '> ')}`,
    action && `${action.label}:\n${action.url}`,
    `-- \n${footer}\n`,
  ]
    .filter(Boolean)
    .join('\n\n');
}
