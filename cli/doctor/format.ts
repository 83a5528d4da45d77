import { plural } from '../format.ts';
import type { Finding, Level } from './finding.ts';

const LEVEL_WIDTH = 'warning'.length;
const CHECK_WIDTH = 'Account concurrency'.length;
const INDENT = ' '.repeat(LEVEL_WIDTH + 2 + CHECK_WIDTH + 2);

/** Colours of the terminal: green, yellow, red. */
const COLOURS: Readonly<Record<Level, number>> = { ok: 32, warning: 33, failure: 31 };

/** One line for what was found, and one for what to do. */
export function formatFinding({ check, level, text, next }: Finding, colours: boolean): string {
  const label = level.padEnd(LEVEL_WIDTH);
  const coloured = colours ? `\u001B[${COLOURS[level]}m${label}\u001B[0m` : label;
  const line = `${coloured}  ${check.padEnd(CHECK_WIDTH)}  ${text}\n`;
  return next === undefined ? line : `${line}${INDENT}Next: ${next}\n`;
}

/** `12 ok, 1 warning, no failures.` */
export function formatSummary(findings: readonly Finding[]): string {
  const count = (level: Level) => findings.filter((finding) => finding.level === level).length;
  const failures = count('failure');
  return (
    `${count('ok')} ok, ${plural(count('warning'), 'warning')}, ` +
    `${failures === 0 ? 'no failures' : plural(failures, 'failure')}.\n`
  );
}

/** The document that `doctor --json` prints. */
export function toDoctorJson(findings: readonly Finding[]): object {
  return { healthy: findings.every(({ level }) => level !== 'failure'), findings };
}
