import { inFile, type ListedMutant } from '../listed-mutant.ts';

const NAMES_BELOW =
  'It matters only for the name of an operator of another language below it: either advice leads away from that.';

const COST =
  'It changes only how large the tree is, and how many policies are evaluated in vain: none that matches is missed.';

export const POLICY: readonly ListedMutant[] = [
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
