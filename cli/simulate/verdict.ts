import type { Estimate, SetResult, SimulationResult, TierResult } from '../../sim/simulation/index.ts';

/** One line on what a set does for the first tier, who pays for that, and whom it starves. */
export function verdictText(set: SetResult, { baseline, sets }: SimulationResult): string {
  const before = sets.find(({ name }) => name === baseline);
  const [first, ...others] = set.tiers.flatMap((tier) => {
    const then = before?.tiers.find((one) => one.tier === tier.tier);
    return then ? [{ tier, then }] : [];
  });
  if (!first) return '';
  const paying = others
    .filter(
      ({ tier }) => isSure(tier.change?.meanWaitSeconds) && (tier.change?.meanWaitSeconds.value ?? 0) > 0,
    )
    .sort(
      (a, b) => (b.tier.change?.meanWaitSeconds.value ?? 0) - (a.tier.change?.meanWaitSeconds.value ?? 0),
    );
  const [most] = paying;
  const starved = set.starved.map(({ tier, policy }) => `${tier} (by ${policy})`);
  const chance = isSure(first.tier.change?.meanWaitSeconds) ? '' : ' (which may be chance)';
  return [
    `Verdict on ${set.name}, against ${baseline}: ${wait(first)}${chance}, and ${share(first.tier.serviceLevel)} of it are answered in time instead of ${share(first.then.serviceLevel)}`,
    most ? `for that ${wait(most)}` : 'nobody else waits longer for certain',
    starved.length > 0 ? `starved: ${starved.join(', ')}.` : 'nobody is starved.',
  ].join('; ');
}

function wait({ tier, then }: { readonly tier: TierResult; readonly then: TierResult }): string {
  const [now, before] = [tier, then].map((one) => `${one.meanWaitSeconds.value.toFixed(0)} s`);
  return `${tier.tier} waits ${now} instead of ${before}`;
}

function share({ value }: Estimate): string {
  return `${(value * 100).toFixed(0)} %`;
}

/** Whether the change is more than chance, as far as its interval tells. */
function isSure(change: Estimate | undefined): boolean {
  return change !== undefined && change.low < change.high && (change.low > 0 || change.high < 0);
}
