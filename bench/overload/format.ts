import Table from 'cli-table3';
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
  'p99',
];

/** What the designs did under one load, a row each. */
export function formatTable(accounts: readonly LoadReport[]): string {
  const table = new Table({
    head: COLUMNS,
    style: { head: [], border: [] },
    colAligns: ['left', ...COLUMNS.slice(1).map(() => 'right' as const)],
  });
  for (const account of accounts) table.push(formatRow(account));
  return table.toString();
}

function formatRow(account: LoadReport): string[] {
  const { design, calls, throttled, granted, useful, onTime, latenessMs } = account;
  return [
    design,
    formatCount(calls),
    formatCount(throttled),
    formatPercent(throttledShare(account)),
    formatCount(granted),
    formatCount(useful),
    formatPercent(usefulShare(account)),
    ...TIER_NAMES.map((tier) => formatPercent(onTime[tier])),
    formatSeconds(quantile(latenessMs, 0.5)),
    formatSeconds(quantile(latenessMs, 0.99)),
  ];
}

/** What a design did under a load, in a sentence. */
export function formatSentence(account: LoadReport): string {
  const onTime = TIER_NAMES.map((tier) => `${tier} ${formatPercent(account.onTime[tier])}`);
  return (
    `${account.design}: ${formatPercent(throttledShare(account))} of its calls were throttled, ` +
    `${formatPercent(usefulShare(account))} of the tokens it got were of use. On time: ${onTime.join(', ')}.`
  );
}

export function formatPercent(part: number): string {
  return Number.isNaN(part) ? '-' : `${(part * 100).toFixed(1)} %`;
}

function formatCount(value: number): string {
  return value.toLocaleString('en');
}

function formatSeconds(ms: number | undefined): string {
  return ms === undefined ? '-' : `${(ms / 1_000).toFixed(1)} s`;
}

function quantile(ascending: readonly number[], share: number): number | undefined {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))];
}
