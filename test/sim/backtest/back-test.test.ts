import { describe, expect, test } from '@jest/globals';
import { createPolicySet } from '../../../lambda/domain/policy/policy-set.ts';
import { type BackTestOptions, backTest } from '../../../sim/backtest/back-test.ts';
import { planBackTest } from '../../../sim/backtest/back-test-plan.ts';
import { type HeldOut, HeldOutCollector } from '../../../sim/backtest/held-out.ts';
import { shareOf } from '../../../sim/backtest/judge.ts';
import { reasonsOf } from '../../../sim/backtest/reasons.ts';
import { simulateHeldOut } from '../../../sim/backtest/simulate-held-out.ts';
import { calibrate } from '../../../sim/calibration/calibration.ts';
import { Collector } from '../../../sim/calibration/collector.ts';
import { scenarioText } from '../../../sim/calibration/scenario-text.ts';
import { parseEntry, type RecordedInput } from '../../../sim/replay/recording-entry.ts';
import type { Scenario } from '../../../sim/scenario/index.ts';
import { scenarioFrom } from '../simulation/fixture.ts';
import { HELD_OUT_FROM, recordFitted, recordHeldOut, TIMEZONE } from './known-centre.ts';

function inputsOf(events: readonly object[]): RecordedInput[] {
  return events.flatMap((value) => {
    const entry = parseEntry({ value });
    return entry.kind === 'recorded' ? [entry.recorded] : [];
  });
}

/** Fitted to the first four days. */
function calibrated(recorded: readonly RecordedInput[]): Scenario {
  const collector = new Collector({ timezone: TIMEZONE, tierTags: ['tier'], testContacts: false });
  for (const input of recorded) collector.add(input);
  const collected = collector.end();
  const texts = { timezone: TIMEZONE, tierTags: ['tier'], files: ['known'], serviceLevel: '60s', doubts: [] };
  return scenarioFrom(scenarioText(calibrate(TIMEZONE, collected), collected, texts));
}

function heldOutOf(
  scenario: Scenario,
  recorded: readonly RecordedInput[],
  to = Number.POSITIVE_INFINITY,
): HeldOut {
  const collector = new HeldOutCollector(scenario, { from: HELD_OUT_FROM, to });
  for (const input of recorded) collector.add(input);
  return collector.end();
}

async function judged(scenario: Scenario, heldOut: HeldOut, more: Partial<BackTestOptions> = {}) {
  const plan = planBackTest(scenario, heldOut);
  const set = { policies: createPolicySet([]), settings: scenario.settings };
  const outcome = await backTest({
    plan,
    runs: 20,
    seed: 1,
    adjustsAgents: true,
    simulateRuns: async (centre, keys) =>
      keys.map((key) => simulateHeldOut({ scenario: centre, set, key, scopes: plan.scopes })),
    ...more,
  });
  return { plan, outcome, reasons: reasonsOf(outcome, plan, heldOut) };
}

const scenario = calibrated(inputsOf(recordFitted()));
const recorded = inputsOf(recordHeldOut());

describe('a back-test of a known centre', () => {
  test('trusts the scenario that was fitted to its first days', async () => {
    const heldOut = heldOutOf(scenario, recorded);
    const { plan, outcome, reasons } = await judged(scenario, heldOut);
    expect({ verdict: outcome.verdict, reasons }).toStrictEqual({ verdict: 'trusted', reasons: [] });
    expect(Math.abs(outcome.agents - 1)).toBeLessThan(0.08);
    const { all, tiers, cells } = outcome.judgement;
    expect(shareOf(all.coverage)).toBeGreaterThan(0.85);
    // All contacts of the day, those who call again and those who were transferred among them, each once.
    expect(all.contacts).toBe(heldOut.judged);
    expect(tiers.map(({ tier }) => tier)).toStrictEqual(scenario.tiers);
    expect(tiers.reduce((sum, { contacts }) => sum + contacts, 0)).toBe(all.contacts);
    expect(cells.reduce((sum, { contacts }) => sum + contacts, 0) + plan.leftOut).toBe(all.contacts);
    expect(cells[0]?.from).toBe('2026-11-27T08:00:00+01:00');
  });

  test('does not trust it on a day with half of the agents, and says that agents were missing', async () => {
    const heldOut = heldOutOf(scenario, inputsOf(recordHeldOut(0.5)));
    const { outcome, reasons } = await judged(scenario, heldOut);
    expect(outcome.verdict).toBe('not calibrated');
    expect(outcome.fit).toStrictEqual({ factor: 0.8, beyond: 'fewer' });
    expect(outcome.agents).toBe(1);
    expect(reasons[0]).toMatch(/^Only \d+ of \d+ figures \(\d+ %\) lie within their bands; expected 80 %\.$/);
    expect(reasons[1]).toMatch(/^The bias is \d+ %; expected 10 % at most\.$/);
    expect(reasons[2]).toMatch(
      /^(silver|gold), 2026-11-27 from \d\d:\d\d to \d\d:\d\d: waits were \d+\.\d times as long as simulated \(.+, not .+\)\.$/,
    );
    expect(reasons.at(-1)).toMatch(
      /^Were fewer agents at work than the scenario says\? They were seen at work for \d+ hours, and the scenario has \d+\. Even with 80 % of its agents, simulated waits are shorter than recorded\.$/,
    );
  });

  test('has too little to judge by in an hour', async () => {
    const heldOut = heldOutOf(scenario, recorded, HELD_OUT_FROM + 9 * 3_600_000);
    const { outcome, reasons } = await judged(scenario, heldOut);
    expect(outcome.verdict).toBe('too little to judge');
    expect(reasons).toStrictEqual([
      expect.stringMatching(
        /^Only \d half hours of a tier have 10 contacts or more, .* Judge by more days\.$/,
      ),
    ]);
  });
});
