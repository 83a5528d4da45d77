import { formatPath } from '../../lambda/domain/validation/problem.ts';
import type { Source } from '../sources/source.ts';
import type { Finding } from '../sources/validate.ts';

/** What a finding is printed of: it may be in other files than policies, too. */
export type PrintableFinding = Omit<Finding, 'source'> & { readonly source: Pick<Source, 'file' | 'text'> };

/**
 * A finding as a compiler prints it, with the line of the source and a caret below it.
 *
 * @param columns - characters in a line of the terminal: where the source's line has more, it is left out.
 */
export function formatFinding(finding: PrintableFinding, columns = Number.POSITIVE_INFINITY): string {
  const { source, line, column, severity, code, message, path } = finding;
  const head = `${source.file}:${line}:${column}: ${severity} ${code}: ${message}\n`;
  const text = source.text.split(/\r?\n/)[line - 1] ?? '';
  const gutter = ` ${line} | `;
  // What is said of the source as a whole stands nowhere in it.
  if (path.length === 0 && code !== 'syntax') return head;
  if (text.trim() === '' || gutter.length + text.length > columns) return head;
  // Tabs stay tabs, so that the caret stands where the terminal has the character.
  const indent = text.slice(0, column - 1).replaceAll(/[^\t]/g, ' ');
  return `${head}${gutter}${text}\n${' '.repeat(gutter.length - 2)}| ${indent}^\n`;
}

/** A finding for programs. */
export function toFindingJson({ source, path, ...finding }: Finding): object {
  return { file: source.file, ...finding, path: formatPath(path) };
}

/** `3 problems and 1 warning in 2 of 5 files.` */
export function formatSummary(findings: readonly PrintableFinding[], files: number): string {
  const of = (severity: PrintableFinding['severity']) =>
    findings.filter((finding) => finding.severity === severity);
  const [errors, warnings] = [of('error').length, of('warning').length];
  const counted = [
    ...(errors > 0 || warnings === 0 ? [errors === 0 ? 'No problems' : plural(errors, 'problem')] : []),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
  ].join(' and ');
  const touched = new Set(findings.map(({ source }) => source.file)).size;
  return `${counted} in ${touched > 0 ? `${touched} of ` : ''}${plural(files, 'file')}.\n`;
}

/** `1 file`, `2 files` */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
