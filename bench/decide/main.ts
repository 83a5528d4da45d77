import Table from 'cli-table3';
import type { ContactView } from '../../lambda/domain/policy/contact-view.ts';
import { formatCount } from '../format-count.ts';
import { generateDataset } from './dataset.ts';
import { compilePolicies, createIndexedDecider, createLinearDecider, type Decide } from './deciders.ts';
import { createRulesEngine, toFacts } from './rules-engine.ts';

/*
 * Measures how many decisions per second one core makes, by the number of policies: with the index, without
 * it, and with json-rules-engine. Fails when they disagree.
 */

const POLICY_COUNTS = [10, 100, 1_000, 10_000];
const CONTACTS = 1_000;

/** Decisions between two readings of the clock; a divisor of the number of contacts. */
const BATCH = 50;

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
  readonly linearRate: number;
  readonly engineRate: number;
}

async function measure(count: number, vagueShare: number): Promise<Measurement> {
  const { patterns, contacts } = generateDataset(count, CONTACTS, vagueShare);
  const policies = compilePolicies(patterns);
  const start = performance.now();
  const decide = createIndexedDecider(policies);
  const buildMs = performance.now() - start;
  const decideLinearly = createLinearDecider(policies);
  const compared = contacts.slice(0, CROSS_CHECKED);
  const expected = compared.map(decideLinearly);
  if (compared.some((contact, index) => decide(contact) !== expected[index])) {
    throw new DisagreementError(count);
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
  return {
    policies: count,
    vagueShare,
    buildMs,
    indexedRate: bestRate(decide, contacts),
    linearRate: bestRate(decideLinearly, contacts),
    engineRate,
  };
}

/** The decisions per second of the best round. */
function bestRate(decide: Decide, contacts: readonly ContactView[]): number {
  let best = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    let decided = 0;
    while (performance.now() - start < ROUND_MS) {
      const from = decided % contacts.length;
      for (let index = from; index < from + BATCH; index++) decide(contacts[index] as ContactView);
      decided += BATCH;
    }
    best = Math.max(best, (decided * 1_000) / (performance.now() - start));
  }
  return best;
}

class DisagreementError extends Error {
  override readonly name = 'DisagreementError';

  constructor(policies: number) {
    super(`With ${policies} policies the deciders disagree about a contact.`);
  }
}

const table = new Table({
  head: ['policies', 'vague', 'index build', 'indexed/s', 'ns', 'linear/s', 'x', 'json-rules-engine/s', 'x'],
  style: { head: [], border: [] },
});
for (const vagueShare of [0, 0.05]) {
  for (const count of POLICY_COUNTS) {
    const { buildMs, indexedRate, linearRate, engineRate } = await measure(count, vagueShare);
    table.push([
      formatCount(count),
      `${vagueShare * 100} %`,
      `${formatCount(buildMs)} ms`,
      formatCount(indexedRate),
      formatCount(1e9 / indexedRate),
      formatCount(linearRate),
      formatCount(indexedRate / linearRate),
      formatCount(engineRate),
      formatCount(indexedRate / engineRate),
    ]);
  }
}
console.log(table.toString());
console.log(
  `Node ${process.version}, one core. x: how many times faster the index decides. vague: the share of the ` +
    'policies without an exact value.',
);
