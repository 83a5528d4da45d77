import { visibleLine } from '../../lambda/domain/visible-text.ts';
import { plural } from '../format.ts';
import type { PrintedText } from '../styled-text.ts';
import type { Finding, Level } from './finding.ts';

const LEVEL_WIDTH = 'warning'.length;
const CHECK_WIDTH = 'Account concurrency'.length;
const INDENT = ' '.repeat(LEVEL_WIDTH + 2 + CHECK_WIDTH + 2);

const COLOURS = { ok: 'green', warning: 'yellow', failure: 'red' } as const satisfies Record<Level, string>;

/** One line for what was found, and one for what to do. */
export function formatFinding({ check, level, text, next }: Finding): PrintedText {
  const label = { text: level.padEnd(LEVEL_WIDTH), colour: COLOURS[level] };
  const line = `  ${check.padEnd(CHECK_WIDTH)}  ${visibleLine(text)}\n`;
  return next === undefined ? [label, line] : [label, line, `${INDENT}Next: ${next}\n`];
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
