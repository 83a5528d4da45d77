import Table from 'cli-table3';
import { FIGURES, type FigureName, isWait } from '../../sim/backtest/figures.ts';
import { MAX_BIAS, MIN_COVERAGE, shareOf } from '../../sim/backtest/judge.ts';
import type { BackTestResult, Deviation, JudgedFigure } from '../../sim/backtest/result.ts';
import { formatWait } from '../../sim/report/format.ts';
import { plural } from '../format.ts';

const HEADS: Readonly<Record<FigureName, string>> = {
  meanWait: 'mean wait',
  p90Wait: 'p90 wait',
  abandoned: 'abandoned, %',
  serviceLevel: 'service level, %',
};

/** The verdict, the figures of each tier with their bands, and why. */
export function formatBackTest(result: BackTestResult): string {
  const { scenario, all, tiers, from, to, runs, seed, policies, reasons, notes } = result;
  const table = new Table({
    head: ['tier', 'contacts', ...FIGURES.map((name) => HEADS[name]), 'within', 'bias'],
    style: { head: [], border: [], compact: true },
    colAligns: ['left', ...Array.from({ length: FIGURES.length + 3 }, () => 'right' as const)],
  });
  for (const { tier, ...deviation } of tiers) table.push(row(tier, deviation));
  table.push(row('all', all));
  return [
    `${scenario.name}: ${plural(all.contacts, 'contact')} from ${from.slice(0, 16)} to ${to.slice(0, 16)} by the clock of ` +
      `the scenario, ${plural(runs, 'run')} (seed ${seed}), policies: ${policies}.`,
    'Recorded, and in brackets the prediction band: nine of ten runs lie in it.',
    table.toString(),
    verdictLine(result),
    ...reasons.map((reason) => `- ${reason}`),
    ...(notes.length > 0 ? ['', ...notes] : []),
    '',
  ].join('\n');
}

function verdictLine({ verdict, all, agents }: BackTestResult): string {
  if (verdict !== 'trusted') {
    return verdict === 'not calibrated' ? 'Not calibrated:' : 'Too little to judge:';
  }
  const { within, of } = all.coverage;
  const found =
    `${within} of ${of} figures of half hours (${percent(shareOf(all.coverage))}) lie within their bands, of which ` +
    `${percent(MIN_COVERAGE)} must; the bias is ${percent(all.bias)}, at most ${percent(MAX_BIAS)}`;
  return `Trusted${agents === 1 ? '' : ` with ${percent(agents)} of the agents`}: ${found}.`;
}

function row(tier: string, { contacts, figures, coverage, bias }: Deviation): string[] {
  return [
    tier,
    String(contacts),
    ...FIGURES.map((name) => cell(name, figures[name])),
    coverage.of === 0 ? '-' : percent(shareOf(coverage)),
    percent(bias),
  ];
}

function cell(name: FigureName, figure: JudgedFigure | undefined): string {
  if (!figure) return '-';
  const format = isWait(name) ? formatWait : (share: number) => (share * 100).toFixed(1);
  const { observed, low, high } = figure;
  return `${format(observed)} (${format(low)} to ${format(high)})`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
