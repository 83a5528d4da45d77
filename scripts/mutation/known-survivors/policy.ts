import { inFile, type ListedMutant } from '../listed-mutant.ts';

const NAMES_BELOW =
  'It matters only for the name of an operator of another language below it: either advice leads away from that.';

const COST =
  'It changes only how large the tree is, and how many policies are evaluated in vain: none that matches is missed.';

export const POLICY: readonly ListedMutant[] = [
  ...inFile('lambda/domain/policy/index/decision-tree.ts', {
    buildTree: {
      'policies.length <= LEAF_SIZE => false': COST,
      'policies.length <= LEAF_SIZE => policies.length < LEAF_SIZE': COST,
    },
    countUsages: { '0 => 1': COST },
    bestSplit: {
      '!usage || copies * size > MAX_COPIES => false': COST,
      '!usage || copies * size > MAX_COPIES => !usage': COST,
      'copies * size > MAX_COPIES => copies * size >= MAX_COPIES': COST,
      'copies * size => copies / size': COST,
      'size / (usage.texts.size + 1) + 1 / usage.policies => size / (usage.texts.size + 1) - 1 / usage.policies':
        COST,
      'usage.texts.size + 1 => usage.texts.size - 1': COST,
      '1 => 0 (2)': COST,
      '1 => 0 (3)': COST,
      'cost < least => cost <= least': COST,
    },
    insert: {
      'without copies: policy.copies * texts.size': COST,
      'policy.copies * texts.size => policy.copies / texts.size': COST,
    },
  }),
  ...inFile('lambda/domain/policy/index/policy-index.ts', {
    buildPolicyIndex: { 'without copies: 1': COST, '1 => 0': COST },
    collectTexts: {
      "typeof node !== 'object' => false": COST,
      'name.startsWith(`${key}.`) => true': COST,
    },
  }),
  ...inFile('lambda/domain/policy/named-agent-lists.ts', {
    agentListsNamedBy: {
      "kind === 'word' && text.startsWith('@') => text.startsWith('@')":
        'A list more than the policy names changes nothing for it.',
    },
  }),
  ...inFile('lambda/domain/policy/warnings/segment-attributes.ts', {
    '(module)': {
      "'any' => 'any~'": NAMES_BELOW,
      "'any' => 'any~' (2)": NAMES_BELOW,
    },
  }),
  ...inFile('lambda/domain/policy/warnings/steps.ts', {
    noChangeWarnings: {
      'states.length > MAX_STATES => states.length >= MAX_STATES':
        'Whether a hundred states are followed or one less changes only how much is worked out.',
    },
  }),
];
