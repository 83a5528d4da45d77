import { html } from 'ghtml';
import type { SetTheme } from './set-theme.ts';

/*
 * ghtml's templates escape every value; only `!${...}` takes it as HTML, and only what another template made may stand
 * there.
 */

/** A chart with its title in sight. */
export function figure(title: string, svg: string): string {
  return html`<figure><figcaption>${title}</figcaption>!${svg}</figure>`;
}

/** The name of a set with its badge. */
export function setName(look: SetTheme): string {
  return html`<span class="badge ${look.className}" aria-hidden="true">${look.letter}</span> ${look.set}`;
}

/** What a table holds: a text, or a text and a smaller one below it. */
export type Cell = string | readonly [text: string, below?: string];

/** A table; a set among its heads stands with its badge. */
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

/** What only some want to see. Left out in print. */
export function details(summary: string, content: string): string {
  return html`<details><summary>${summary}</summary>!${content}</details>`;
}
