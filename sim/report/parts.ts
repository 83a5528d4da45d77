import { html } from 'ghtml';
import type { Look } from './look.ts';

/*
 * ghtml's templates escape every value; only `!${...}` takes it as HTML, and only what another template made may stand
 * there.
 */

/** A chart with its title in sight. */
export function figure(title: string, svg: string): string {
  return html`<figure><figcaption>${title}</figcaption>!${svg}</figure>`;
}

/** The name of a set with its badge. */
export function setName(look: Look): string {
  return html`<span class="badge ${look.className}" aria-hidden="true">${look.letter}</span> ${look.set}`;
}

/** A table. Its heads and cells are text, but for heads made by {@link setName}. */
export function table(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly [head: string, ...cells: readonly string[]])[],
): string {
  return html`<div class="table" role="region" tabindex="0" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr>!${heads.map((head) => html`<th scope="col">!${head}</th>`)}</tr></thead>
<tbody>!${rows.map(
    ([head, ...cells]) =>
      html`<tr><th scope="row">${head}</th>!${cells.map((cell) => html`<td>${cell}</td>`)}</tr>
`,
  )}</tbody>
</table></div>`;
}

/** What only some want to see. Left out in print. */
export function more(summary: string, content: string): string {
  return html`<details><summary>${summary}</summary>!${content}</details>`;
}
