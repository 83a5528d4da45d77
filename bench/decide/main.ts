import Table from 'cli-table3';
import type { ContactView } from '../../lambda/domain/policy/contact-view.ts';
import { generateDataset } from './dataset.ts';
import { compilePolicies, createIndexedDecider, createLinearDecider, type Decide } from './deciders.ts';
import { createRulesEngine, toFacts } from './rules-engine.ts';

/**
 * How many decisions one core makes in a second, by the number of policies: with the index, without it, and with
 * json-rules-engine. Fails where they do not agree.
 */
const POLICY_COUNTS = [10, 100, 1_000, 10_000];
const CONTACTS = 1_000;

/** Decisions between two looks at the clock; a divisor of the number of contacts. */
const BATCH = 50;

/** Contacts about which the deciders are held against each other. */
const CROSS_CHECKED = 200;

/** How long each is measured; the best of the rounds counts, since what else runs can only slow it down. */
const ROUND_MS = 200;
const ROUNDS = 5;

/** Time for json-rules-engine, which needs seconds for what the others do in milliseconds. */
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
  const slowly = createLinearDecider(policies);
  const compared = contacts.slice(0, CROSS_CHECKED);
  const expected = compared.map(slowly);
  if (compared.some((contact, at) => decide(contact) !== expected[at])) throw new DisagreementError(count);

  const engine = createRulesEngine(patterns);
  const facts = compared.map(toFacts);
  let runs = 0;
  const engineStart = performance.now();
  while (performance.now() - engineStart < ENGINE_MS) {
    const at = runs % CROSS_CHECKED;
    if ((await engine(facts[at] ?? {})) !== expected[at]) throw new DisagreementError(count);
    runs++;
  }
  const engineRate = (runs / (performance.now() - engineStart)) * 1_000;
  return {
    policies: count,
    vagueShare,
    buildMs,
    indexedRate: bestRate(decide, contacts),
    linearRate: bestRate(slowly, contacts),
    engineRate,
  };
}

/** How often in a second the best round decides. */
function bestRate(decide: Decide, contacts: readonly ContactView[]): number {
  let best = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    let decided = 0;
    while (performance.now() - start < ROUND_MS) {
      const from = decided % contacts.length;
      for (let at = from; at < from + BATCH; at++) decide(contacts[at] as ContactView);
      decided += BATCH;
    }
    best = Math.max(best, (decided * 1_000) / (performance.now() - start));
  }
  return best;
}

class DisagreementError extends Error {
  override readonly name = 'DisagreementError';

  constructor(policies: number) {
    super(`The deciders disagree about a contact with ${policies} policies.`);
  }
}

const figure = (value: number) => Math.round(value).toLocaleString('en');

const table = new Table({
  head: [
    'policies',
    'vague',
    'index built',
    'indexed /s',
    'ns',
    'one by one /s',
    'x',
    'json-rules-engine /s',
    'x',
  ],
  style: { head: [], border: [] },
});
for (const vagueShare of [0, 0.05]) {
  for (const count of POLICY_COUNTS) {
    const { buildMs, indexedRate, linearRate, engineRate } = await measure(count, vagueShare);
    table.push([
      figure(count),
      `${vagueShare * 100} %`,
      `${figure(buildMs)} ms`,
      figure(indexedRate),
      figure(1e9 / indexedRate),
      figure(linearRate),
      figure(indexedRate / linearRate),
      figure(engineRate),
      figure(indexedRate / engineRate),
    ]);
  }
}
console.log(table.toString());
console.log(
  `Node ${process.version}, one core. "x": how many times faster the index decides. "vague": the part of the ` +
    'policies that names nothing exactly.',
);
