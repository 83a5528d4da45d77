import { html } from 'ghtml';
import type { KeyFigure } from './findings/finding.ts';
import type { SetTheme } from './set-theme.ts';

/* ghtml's templates escape every value. `!${...}` inserts HTML: use it only for the result of another template. */

/** A chart with a visible title. */
export function figure(title: string, svg: string): string {
  return html`<figure><figcaption>${title}</figcaption>!${svg}</figure>`;
}

/** The name of a policy set with its badge. */
export function setName(theme: SetTheme): string {
  return html`<span class="badge ${theme.className}" aria-hidden="true">${theme.letter}</span> ${theme.set}`;
}

/** The content of a cell: a text, optionally with a smaller one below it. */
export type Cell = string | readonly [text: string, below?: string];

/** A table. A policy set as a column heading has its badge. */
export function table(
  caption: string,
  heads: readonly (string | SetTheme)[],
  rows: readonly (readonly [head: Cell, ...cells: readonly Cell[]])[],
): string {
  return html`<div class="table" role="region" tabindex="0" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr>!${heads.map((head) => html`<th scope="col">!${typeof head === 'string' ? content(head) : setName(head)}</th>`)}</tr></thead>
<tbody>!${rows.map(
    ([head, ...cells]) =>
      html`<tr><th scope="row">!${content(head)}</th>!${cells.map((cell) => html`<td>!${content(cell)}</td>`)}</tr>
`,
  )}</tbody>
</table></div>`;
}

function content(cell: Cell): string {
  const [text, below] = typeof cell === 'string' ? [cell] : cell;
  return below === undefined ? html`${text}` : html`${text} <small>${below}</small>`;
}

/** What is closed on a phone, and open on a wider screen and in print. Older browsers show it closed everywhere. */
export function fold(summary: string, content: string): string {
  return html`<details class="fold"><summary>${summary}</summary>!${content}</details>`;
}

/** Collapsible details, which are not printed. */
export function details(summary: string, content: string): string {
  return html`<details><summary>${summary}</summary>!${content}</details>`;
}

/** The sign of an assessment. */
export const SIGNS = { good: '✓', bad: '✗', unclear: '?' } as const;

/** Key figures, each with its assessment in a sign and in words. */
export function keyFigures(figures: readonly KeyFigure[]): string {
  return html`<dl class="key">!${figures.map(keyFigure)}</dl>`;
}

function keyFigure({ label, value, detail, assessment, tone }: KeyFigure): string {
  return html`<div class="${tone}"><dt>${label}</dt><dd><strong>${value}</strong><span>${detail}</span><em>${SIGNS[tone]} ${assessment}</em></dd></div>`;
}
