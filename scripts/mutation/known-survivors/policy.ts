import { inFile, type ListedMutant } from '../listed-mutant.ts';

const NAMES_BELOW =
  'It matters only for the name of an operator of another language below it: either advice leads away from that.';

const COST =
  'It changes only how large the tree is, and how many policies are evaluated in vain: none that matches is missed.';

const INDEX =
  'The index finds the same policies, or some in vain, which are evaluated: a look-up of nothing, a guard, or a bound of a loop.';

const VALID =
  'Patterns are validated before, or the anchor is a weaker one: it finds the policy in vain, which is evaluated.';

const SHARED = 'Equal requirements are several objects: the search takes longer.';

const ANEW = 'It is made again when it is asked for again, with the same result.';

const EMPTY = 'An empty list is written where nothing need be: it is read as the same.';

const TWICE = 'A tree is written a second time, and found the same.';

const SLOWER = 'The field is tested in the general way instead, with the same result.';

export const POLICY: readonly ListedMutant[] = [
  ...inFile('lambda/domain/policy/index/alternative.ts', {
    'DirectFields.of': {
      'return at the start': SLOWER,
      '!place => true': SLOWER,
      'this.#all.get(key) ?? { ...place, test, mayBeAbsent } => this.#all.get(key)': SLOWER,
      'this.#all.get(key) ?? { ...place, test, mayBeAbsent } => { ...place, test, mayBeAbsent }': SHARED,
      'drop this.#all.set(key, field);': SHARED,
    },
    'Alternative.constructor': {
      'ofTree => false': SLOWER,
      'others.length === 0 => false': SLOWER,
    },
    'Alternative.isTested': {
      'return at the start': SLOWER,
    },
    'Alternative.without': {
      'this.#rule.filter((field) => field.name !== name) => this.#rule': SLOWER,
    },
  }),
  ...inFile('lambda/domain/policy/index/decision-tree.ts', {
    untested: {
      'alternatives.some(({ isTested }) => isTested) => false': COST,
      'alternatives.some(({ isTested }) => isTested) => alternatives.every(({ isTested }) => isTested)': COST,
    },
    behind: {
      'isTested => false': COST,
    },
    copiesOf: {
      '0 => 1': COST,
      "kind === 'range' => false": COST,
      "sum + (kind === 'range' ? NODES_OF_RANGE : 1) => sum - (kind === 'range' ? NODES_OF_RANGE : 1)": COST,
    },
    'FieldUsages.constructor': {
      '0 => 1': COST,
      '0 => 1 (2)': COST,
    },
    'FieldUsages.areMany': {
      '(this.#fields.get(first) as number) > MANY_FIELDS => (this.#fields.get(first) as number) >= MANY_FIELDS':
        COST,
      'holdsTexts(first) && (this.#fields.get(first) as number) > MANY_FIELDS => holdsTexts(first)': COST,
    },
    bestSplit: {
      'insertion.copies * copiesOf(ofField) > MAX_COPIES => insertion.copies * copiesOf(ofField) >= MAX_COPIES':
        COST,
      '1 / usage.policies => 1 * usage.policies': COST,
      '1 => 0 (2)': COST,
      '1 => 0 (3)': COST,
      'usages.areMany(name) => true': COST,
      'reached + share => reached - share (2)': COST,
    },
    probability: {
      "anchor.kind === 'present' => false": COST,
      "anchor.kind === 'range' && anchor.low !== anchor.high => anchor.kind === 'range'": COST,
      "anchor.kind === 'range' && anchor.low !== anchor.high => anchor.low !== anchor.high": COST,
      "anchor.kind === 'range' && anchor.low !== anchor.high => false": COST,
      '1 => 0 (2)': COST,
    },
    insertionsOf: {
      '1 => 0': COST,
      'rules.length > MAX_COPIES => false': COST,
      'rules.length > MAX_COPIES => rules.length >= MAX_COPIES': COST,
      'without copies: 1': COST,
      'isIndexed(field.name) => true': COST,
    },
    buildNode: {
      'insertions.length <= LEAF_SIZE => false': COST,
      'insertions.length <= LEAF_SIZE => insertions.length < LEAF_SIZE': COST,
      'key === undefined || group.length === 1 => key === undefined': COST,
      '1 => 0': COST,
    },
  }),
  ...inFile('lambda/domain/pattern/anchors.ts', {
    edge: {
      "typeof text === 'string' && text !== '' => text !== ''": VALID,
    },
    ignoringCase: {
      "typeof text !== 'string' || text === '' => text === ''": VALID,
      "typeof text !== 'string' || text === '' => typeof text !== 'string'": VALID,
      "typeof text !== 'string' || text === '' || !/^[\\0-\\x7f]*$/.test(text) => !/^[\\0-\\x7f]*$/.test(text)":
        VALID,
    },
    anchorOfWildcard: {
      "without example: ''": VALID,
      'without path: []': VALID,
      'without problems: []': VALID,
      '!wildcard => false': VALID,
    },
    anchorsOf: {
      'only && others.length === 0 => others.length === 0': VALID,
    },
    necessary: {
      'without isSufficient: false': VALID,
    },
    anchorOfValue: {
      "typeof operand === 'string' => true": VALID,
      "typeof operand === 'string' => true (2)": VALID,
      'Array.isArray(operand) => true': VALID,
    },
  }),
  ...inFile('lambda/domain/policy/index/field-lookup.ts', {
    'FieldLookupBuilder.build': {
      'this.#ranges.length > 0 => this.#ranges.length >= 0': INDEX,
      'this.#ranges.length > 0 => true': INDEX,
      'this.#present.length > 0 => this.#present.length >= 0': INDEX,
      'this.#present.length > 0 => true': INDEX,
    },
    anchorKey: {
      "'range' => 'range~'": INDEX,
      "'present' => 'present~'": INDEX,
      "'present' => 'present~' (2)": INDEX,
    },
    'FieldLookup.written': {
      'texts.length > 0 => true': EMPTY,
      'texts.length > 0 => texts.length >= 0': EMPTY,
    },
    'FieldLookup.find': {
      "typeof value === 'string' => true": INDEX,
    },
    'FieldLookup.#findValue': {
      "typeof value === 'number' => true": INDEX,
    },
  }),
  ...inFile('lambda/domain/policy/index/part-finder.ts', {
    'PartFinder.find': {
      'index < text.length => index <= text.length': INDEX,
    },
    statesOf: {
      'state.shorter && follow(state.shorter, unit) => follow(state.shorter, unit)': INDEX,
    },
  }),
  ...inFile('lambda/domain/policy/index/policy-index.ts', {
    '(module)': {
      'without attributes: false': INDEX,
      'without queueName: false': INDEX,
    },
  }),
  ...inFile('lambda/domain/policy/index/rest.ts', {
    restOf: {
      'only && others.length === 0 => others.length === 0': INDEX,
      'only && others.length === 0 => false': SHARED,
    },
    'LazyRest.#whole': {
      'this.#rest ??= restOf(this.#read()) => this.#rest = restOf(this.#read())': ANEW,
    },
  }),
  ...inFile('lambda/domain/policy/index/search.ts', {
    '(module)': {
      '2 ** 30 - 1 => 2 ** 30 + 1': INDEX,
      '1 => 0': INDEX,
    },
    'Search.push': {
      'at < splits.length => at <= splits.length': INDEX,
      'index >= this.#first => index > this.#first': INDEX,
    },
  }),
  ...inFile('lambda/domain/policy/index/written-index.ts', {
    writtenIndex: {
      'withoutAttributes === withAttributes => false': TWICE,
      'withoutQueueName === withoutAttributes => false': TWICE,
    },
    'LazyIndex.#tree': {
      'drop this.#trees.set(name, tree);': ANEW,
    },
  }),
  ...inFile('lambda/domain/policy/index/presence-lookup.ts', {
    'PresenceLookup.find': {
      'only === undefined => false': INDEX,
    },
  }),
  ...inFile('lambda/domain/policy/index/range-lookup.ts', {
    'RangeLookup.written': {
      'Number.isFinite(bound) => false': EMPTY,
    },
    'RangeLookup.find': {
      '0 => 1': INDEX,
    },
    leafOf: {
      '1 => 0 (3)': INDEX,
      '2 * bounds.length + 1 => 2 * bounds.length - 1': INDEX,
    },
  }),
  ...inFile('lambda/domain/policy/index/split.ts', {
    'SegmentSplit.find': {
      'segmentAttributes === undefined => false': INDEX,
    },
    collectUnder: {
      "typeof node !== 'object' => false": INDEX,
      'name.startsWith(`${key}.`) => true': INDEX,
    },
    splitOf: {
      'name === undefined || lookup === undefined => false': INDEX,
      'name === undefined || lookup === undefined => lookup === undefined': INDEX,
      'name === undefined || lookup === undefined => name === undefined': INDEX,
      "otherKeysOf(one) ?? '' => otherKeysOf(one)": INDEX,
    },
    'ValueSplit.find': {
      'Array.isArray(value) => true': INDEX,
    },
  }),
  ...inFile('lambda/domain/policy/index/text-lookup.ts', {
    'TextLookup.constructor': {
      'others.length > 0 => others.length >= 0': INDEX,
      'others.length > 0 => true': INDEX,
    },
    'OtherAnchors.constructor': {
      'parts.size > 0 => parts.size >= 0': INDEX,
      'parts.size > 0 => true': INDEX,
      'inLowerCase.length > 0 => inLowerCase.length >= 0': INDEX,
      'inLowerCase.length > 0 => true': INDEX,
    },
    trieOf: {
      'stored.length === 0 => false': INDEX,
    },
  }),
  ...inFile('lambda/domain/policy/index/trie.ts', {
    'Trie.find': {
      'index < text.length => index <= text.length': INDEX,
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
