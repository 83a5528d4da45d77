import Table from 'cli-table3';
import { formatCount } from '../format-count.ts';
import { TIER_NAMES } from './load.ts';
import { type LoadReport, throttledShare, usefulShare } from './load-report.ts';

const COLUMNS = [
  'design',
  'calls',
  'throttled',
  '%',
  'granted',
  'useful',
  'of granted',
  ...TIER_NAMES.map((tier) => `${tier} on time`),
  'late p50',
  'late p99',
];

/** Formats the results under one load as a table with a row per design. */
export function formatTable(reports: readonly LoadReport[]): string {
  const table = new Table({
    head: COLUMNS,
    style: { head: [], border: [] },
    colAligns: ['left', ...COLUMNS.slice(1).map(() => 'right' as const)],
  });
  for (const report of reports) table.push(formatRow(report));
  return table.toString();
}

function formatRow(report: LoadReport): string[] {
  const { design, calls, throttled, granted, useful, onTime, latenessMs } = report;
  return [
    design,
    formatCount(calls),
    formatCount(throttled),
    formatPercent(throttledShare(report)),
    formatCount(granted),
    formatCount(useful),
    formatPercent(usefulShare(report)),
    ...TIER_NAMES.map((tier) => formatPercent(onTime[tier])),
    formatSeconds(quantile(latenessMs, 0.5)),
    formatSeconds(quantile(latenessMs, 0.99)),
  ];
}

/** Formats the result of a design as a sentence. */
export function formatSentence(report: LoadReport): string {
  const onTime = TIER_NAMES.map((tier) => `${tier} ${formatPercent(report.onTime[tier])}`);
  return (
    `${report.design}: ${formatPercent(throttledShare(report))} of the calls were throttled, ` +
    `${formatPercent(usefulShare(report))} of the granted calls were useful. On time: ${onTime.join(', ')}.`
  );
}

export function formatPercent(part: number): string {
  return Number.isNaN(part) ? '-' : `${(part * 100).toFixed(1)} %`;
}

function formatSeconds(ms: number | undefined): string {
  return ms === undefined ? '-' : `${(ms / 1_000).toFixed(1)} s`;
}

function quantile(ascending: readonly number[], share: number): number | undefined {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))];
}
