import { formatPath } from '../../lambda/domain/validation/problem.ts';
import { visibleLine } from '../../lambda/domain/visible-text.ts';
import { plural } from '../format.ts';
import type { Source } from '../sources/source.ts';
import type { Finding } from '../sources/validate.ts';

/** A finding in any file: in a scenario as well as in a policy. */
export type PrintableFinding = Omit<Finding, 'source'> & { readonly source: Pick<Source, 'file' | 'text'> };

/** The codes of findings that have a place in the text although they have no path. */
const TEXT_CODES: ReadonlySet<string> = new Set([
  ...['syntax', 'second-document', 'yaml-version', 'template-braces', 'encoding'],
]);

/**
 * Formats a finding as a compiler does, with the source line and a caret below it.
 *
 * @param columns - characters in a line of the terminal. A longer source line is omitted. Default: no limit.
 */
export function formatFinding(finding: PrintableFinding, columns = Number.POSITIVE_INFINITY): string {
  const { source, line, column, severity, code, message, path } = finding;
  const head = `${visibleLine(`${source.file}:${line}:${column}: ${severity} ${code}: ${message}`)}\n`;
  const text = source.text.split(/\r?\n/)[line - 1] ?? '';
  const gutter = ` ${line} | `;
  // A finding about the whole document has no line of its own.
  if (path.length === 0 && !TEXT_CODES.has(code)) return head;
  if (text.trim() === '' || gutter.length + text.length > columns) return head;
  // Tabs are kept, so that the caret has the same column in the terminal as the character above it.
  const indent = text.slice(0, column - 1).replaceAll(/[^\t]/g, ' ');
  return `${head}${gutter}${text}\n${' '.repeat(gutter.length - 2)}| ${indent}^\n`;
}

export function formatFindings(findings: readonly PrintableFinding[], columns?: number): string {
  return findings.map((finding) => formatFinding(finding, columns)).join('');
}

/** A finding as `check --json` prints it. */
export function toFindingJson({ source, path, ...finding }: Finding): object {
  return { file: source.file, ...finding, path: formatPath(path) };
}

/** `3 problems and 1 warning in 2 of 5 files.` */
export function formatSummary(findings: readonly PrintableFinding[], files: number): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  const counts = [
    ...(errors > 0 || warnings === 0 ? [errors === 0 ? 'No problems' : plural(errors, 'problem')] : []),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
  ].join(' and ');
  const affected = new Set(findings.map(({ source }) => source.file)).size;
  return `${counts} in ${affected > 0 ? `${affected} of ` : ''}${plural(files, 'file')}.\n`;
}
