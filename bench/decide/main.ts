import Table from 'cli-table3';
import type { ContactView } from '../../lambda/domain/policy/contact-view.ts';
import { cpuMs } from '../cpu-ms.ts';
import { formatCount } from '../format-count.ts';
import { generateDataset } from './dataset.ts';
import {
  compilePolicies,
  createIndexedDecider,
  createLimit,
  createLinearDecider,
  type Decide,
} from './deciders.ts';
import { EARLIER_COMMIT, type EarlierDecider, loadEarlierDecider } from './earlier-code.ts';
import { createRulesEngine, toFacts } from './rules-engine.ts';

/*
 * Measures how many decisions per second one core makes, by the number of policies: with the index, with the index of
 * an earlier commit, without it, and with json-rules-engine; and how near that is to the least that a decision needs.
 * Fails when they disagree, or when the index is not so many times faster than the earlier one as its goal says.
 */

const POLICY_COUNTS = [10, 100, 1_000, 10_000];

/** How many times faster than the earlier code: by the share of vague policies, and the number of policies. */
const GOALS: ReadonlyMap<number, ReadonlyMap<number, number>> = new Map([
  [
    0,
    new Map([
      [10, 1.3],
      [100, 1.6],
      [1_000, 1.9],
    ]),
  ],
  [
    0.05,
    new Map([
      [100, 1.5],
      [1_000, 5],
      [10_000, 25],
    ]),
  ],
]);
const CONTACTS = 1_000;

/** Decisions at once; a divisor of the number of contacts. */
const BATCH = 50;

/** Batches between two readings of the clock. */
const BATCHES = 4;

/** Contacts for which the deciders are compared. */
const CROSS_CHECKED = 200;

/** The duration of a round. The best round counts, because other processes can only slow a round down. */
const ROUND_MS = 200;
const ROUNDS = 5;

/** The duration of the measurement of json-rules-engine, which is much slower than the others. */
const ENGINE_MS = 1_000;

interface Measurement {
  readonly policies: number;
  readonly vagueShare: number;
  readonly buildMs: number;
  readonly indexedRate: number;
  /** NaN without the history of the repository. */
  readonly earlierRate: number;
  readonly limitRate: number;
  readonly linearRate: number;
  readonly engineRate: number;
}

async function measure(
  count: number,
  vagueShare: number,
  earlier: EarlierDecider | undefined,
): Promise<Measurement> {
  const { patterns, contacts } = generateDataset(count, CONTACTS, vagueShare);
  const policies = compilePolicies(patterns);
  const start = performance.now();
  const decide = createIndexedDecider(policies);
  const buildMs = performance.now() - start;
  const decideLinearly = createLinearDecider(policies);
  const decideAsEarlier = earlier?.(patterns);
  const compared = contacts.slice(0, CROSS_CHECKED);
  const expected = compared.map(decideLinearly);
  for (const decider of [decide, ...(decideAsEarlier ? [decideAsEarlier] : [])]) {
    if (compared.some((contact, index) => decider(contact) !== expected[index])) {
      throw new DisagreementError(count);
    }
  }

  const engine = createRulesEngine(patterns);
  const facts = compared.map(toFacts);
  let runs = 0;
  const engineStart = performance.now();
  while (performance.now() - engineStart < ENGINE_MS) {
    const index = runs % CROSS_CHECKED;
    if ((await engine(facts[index] ?? {})) !== expected[index]) throw new DisagreementError(count);
    runs++;
  }
  const engineRate = (runs / (performance.now() - engineStart)) * 1_000;
  const [indexedRate = 0, limitRate = 0, linearRate = 0, earlierRate = Number.NaN] = bestRates(
    [decide, createLimit(policies, contacts), decideLinearly, ...(decideAsEarlier ? [decideAsEarlier] : [])],
    contacts,
  );
  return {
    policies: count,
    vagueShare,
    buildMs,
    indexedRate,
    earlierRate,
    limitRate,
    linearRate,
    engineRate,
  };
}

/** The decisions per second of the best round of each, which take turns. */
function bestRates(deciders: readonly Decide[], contacts: readonly ContactView[]): number[] {
  const best = deciders.map(() => 0);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, decide] of deciders.entries()) {
      best[index] = Math.max(best[index] ?? 0, rateOf(decide, contacts));
    }
  }
  return best;
}

/** Decisions of a second of processor time. */
function rateOf(decide: Decide, contacts: readonly ContactView[]): number {
  const start = cpuMs();
  let decided = 0;
  while (cpuMs() - start < ROUND_MS) {
    for (let batch = 0; batch < BATCHES; batch++) {
      const from = decided % contacts.length;
      for (let index = from; index < from + BATCH; index++) decide(contacts[index] as ContactView);
      decided += BATCH;
    }
  }
  return (decided * 1_000) / (cpuMs() - start);
}

class DisagreementError extends Error {
  override readonly name = 'DisagreementError';

  constructor(policies: number) {
    super(`With ${policies} policies the deciders disagree about a contact.`);
  }
}

const earlier = await loadEarlierDecider();
if (!earlier) console.error(`This clone has no commit ${EARLIER_COMMIT}: nothing is compared with it.`);
const table = new Table({
  head: [
    ...[
      'policies',
      'vague',
      'index build',
      'indexed/s',
      'ns',
      'limit ns',
      `${EARLIER_COMMIT} ns`,
      'x',
      'goal',
    ],
    ...['linear/s', 'x', 'json-rules-engine/s', 'x'],
  ],
  style: { head: [], border: [] },
});
for (const vagueShare of [0, 0.05]) {
  for (const count of POLICY_COUNTS) {
    const { buildMs, indexedRate, earlierRate, limitRate, linearRate, engineRate } = await measure(
      count,
      vagueShare,
      earlier,
    );
    const goal = GOALS.get(vagueShare)?.get(count);
    const ratio = indexedRate / earlierRate;
    if (goal !== undefined && ratio < goal) process.exitCode = 1;
    table.push([
      formatCount(count),
      `${vagueShare * 100} %`,
      `${formatCount(buildMs)} ms`,
      formatCount(indexedRate),
      formatCount(1e9 / indexedRate),
      formatCount(1e9 / limitRate),
      earlier ? formatCount(1e9 / earlierRate) : '–',
      earlier ? ratio.toFixed(2) : '–',
      goal ?? '',
      formatCount(linearRate),
      formatCount(indexedRate / linearRate),
      formatCount(engineRate),
      formatCount(indexedRate / engineRate),
    ]);
  }
}
console.log(table.toString());
console.log(
  `Node ${process.version}, one core. x: how many times faster the index decides than what the column before says. ` +
    'limit: five hashed look-ups and one pattern. vague: the share of the policies without an exact value.',
);
