import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { html } from 'ghtml';

const STYLE = readFileSync(join(import.meta.dirname, 'report.css'), 'utf8');

/** Permits only the page's own styles and inline images: the browser blocks scripts and network requests. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/**
 * One self-contained HTML file, for light and dark mode, phones and print.
 *
 * @param sections - the HTML of the content.
 */
export function pageHtml(title: string, sections: readonly string[]): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="!${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>
!${STYLE}</style>
</head>
<body>
<main>
!${sections.join('\n')}
</main>
</body>
</html>
`;
}
