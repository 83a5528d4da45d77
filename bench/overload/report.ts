import Table from 'cli-table3';
import { type Account, throttledShare, usefulShare } from './ledger.ts';
import { TIER_NAMES } from './load.ts';

const HEAD = [
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
export function tableOf(accounts: readonly Account[]): string {
  const table = new Table({
    head: HEAD,
    style: { head: [], border: [] },
    colAligns: ['left', ...HEAD.slice(1).map(() => 'right' as const)],
  });
  for (const account of accounts) table.push(rowOf(account));
  return table.toString();
}

function rowOf(account: Account): string[] {
  const { design, calls, throttled, granted, useful, onTime, latenessMs } = account;
  return [
    design,
    figure(calls),
    figure(throttled),
    percent(throttledShare(account)),
    figure(granted),
    figure(useful),
    percent(usefulShare(account)),
    ...TIER_NAMES.map((tier) => percent(onTime[tier])),
    seconds(quantile(latenessMs, 0.5)),
    seconds(quantile(latenessMs, 0.99)),
  ];
}

/** What a design did under a load, in a sentence. */
export function sentenceOf(account: Account): string {
  const onTime = TIER_NAMES.map((tier) => `${tier} ${percent(account.onTime[tier])}`);
  return (
    `${account.design}: ${percent(throttledShare(account))} of its calls were throttled, ` +
    `${percent(usefulShare(account))} of the tokens it got were of use. On time: ${onTime.join(', ')}.`
  );
}

export function percent(part: number): string {
  return Number.isNaN(part) ? '-' : `${(part * 100).toFixed(1)} %`;
}

function figure(value: number): string {
  return value.toLocaleString('en');
}

function seconds(ms: number | undefined): string {
  return ms === undefined ? '-' : `${(ms / 1_000).toFixed(1)} s`;
}

function quantile(ascending: readonly number[], share: number): number | undefined {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))];
}
