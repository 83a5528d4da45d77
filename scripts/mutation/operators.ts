import type { CallExpression, Expression, Node, OptionalCallExpression } from '@babel/types';
import { endOf, startOf } from './syntax.ts';

/** A node, and where it stands. */
export interface Site {
  readonly node: Node;
  readonly parent: Node;
  /** The name of the member of the parent that holds the node. */
  readonly key: string;
  /** Whether the node decides a branch, by itself or as an operand of `&&`, `||` or `!`. */
  readonly isCondition: boolean;
  /** The source of a node. */
  readonly textOf: (node: Node) => string;
}

const BOUNDARIES = new Map(Object.entries({ '<': '<=', '<=': '<', '>': '>=', '>=': '>' }));
const OPPOSITES = new Map(Object.entries({ '===': '!==', '!==': '===', '==': '!=', '!=': '==' }));
const ARITHMETIC = new Map(
  Object.entries({
    '+': '-',
    '-': '+',
    '*': '/',
    '/': '*',
    '%': '*',
    '**': '*',
  }),
);
const ASSIGNMENTS = new Map(
  Object.entries({
    '+=': '-=',
    '-=': '+=',
    '*=': '/=',
    '/=': '*=',
    '??=': '=',
    '||=': '=',
    '&&=': '=',
  }),
);
const SWAPPED_METHODS = new Map(
  Object.entries({
    min: 'max',
    max: 'min',
    ceil: 'floor',
    floor: 'ceil',
    some: 'every',
    every: 'some',
    startsWith: 'endsWith',
    endsWith: 'startsWith',
  }),
);
const DROPPED_METHODS = new Set([
  'filter',
  'slice',
  'toReversed',
  'reverse',
  'trim',
  'toLowerCase',
  'toUpperCase',
]);
const SORTING_METHODS = new Set(['sort', 'toSorted']);

/** Members that document a schema. */
const DOCUMENTING_MEMBERS = new Set(['description', 'title', 'examples', 'markdownDescription']);

/** The codes, names of fields and kinds in a program, other than the texts that it prints. */
const CODE = /^[A-Za-z$][\w.:$-]*$/;

const OPERATORS = [
  conditions,
  logical,
  binary,
  unary,
  literals,
  templates,
  calls,
  assignments,
  arrows,
] as const;

/** What can be put in the place of an expression. */
interface Replacement {
  readonly code: string;
  /** The part that is left out; absent where the whole expression becomes another one. */
  readonly without?: Node;
}

/** What can be put in the place of an expression, one defect each. */
export function expressionMutants(site: Site): Replacement[] {
  const codes = new Set(OPERATORS.flatMap((operator) => operator(site)));
  return [...[...codes].map((code) => ({ code })), ...arrays(site), ...objects(site)];
}

/** Whether a node decides a branch of its parent. */
export function decidesBranch(parent: Node, key: string, parentDecides: boolean): boolean {
  switch (parent.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForStatement':
      return key === 'test' || (parent.type === 'ConditionalExpression' && parentDecides);
    case 'LogicalExpression':
      return parentDecides && parent.operator !== '??';
    case 'UnaryExpression':
      return parentDecides && parent.operator === '!';
    default:
      return false;
  }
}

function conditions({ node, parent, key }: Site): string[] {
  if (parent.type === 'ForOfStatement' && key === 'right') return ['[]'];
  if (key !== 'test' || node.type === 'BooleanLiteral') return [];
  if (parent.type === 'IfStatement' || parent.type === 'ConditionalExpression') return ['true', 'false'];
  // A loop that never ends says nothing.
  return /^(While|DoWhile|For)Statement$/.test(parent.type) ? ['false'] : [];
}

function logical({ node, textOf }: Site): string[] {
  return node.type === 'LogicalExpression' ? [textOf(node.left), textOf(node.right)] : [];
}

function binary({ node, isCondition, textOf }: Site): string[] {
  if (node.type !== 'BinaryExpression') return [];
  const { left, right, operator } = node;
  const operand = (side: Node) => (side.extra?.parenthesized ? `(${textOf(side)})` : textOf(side));
  const withOperator = (other: string) => [`${operand(left)} ${other} ${operand(right)}`];
  const boundary = BOUNDARIES.get(operator);
  if (boundary) return withOperator(boundary);
  const opposite = OPPOSITES.get(operator);
  if (opposite) return isCondition ? [] : withOperator(opposite);
  if (operator === 'in' || operator === 'instanceof') return isCondition ? [] : [`!(${textOf(node)})`];
  const arithmetic = ARITHMETIC.get(operator);
  const isText = [left, right].some((side) => /^(StringLiteral|TemplateLiteral)$/.test(side.type));
  return arithmetic && !isText ? withOperator(arithmetic) : [];
}

function unary({ node, isCondition, textOf }: Site): string[] {
  if (node.type !== 'UnaryExpression') return [];
  if (node.operator === '!') return isCondition ? [] : [textOf(node.argument)];
  return node.operator === '-' && node.argument.type !== 'NumericLiteral' ? [textOf(node.argument)] : [];
}

function literals({ node, parent, key, isCondition }: Site): string[] {
  if (node.type === 'BooleanLiteral') return [String(!node.value)];
  if (node.type === 'NumericLiteral') return node.value === 0 ? ['1'] : node.value === 1 ? ['0'] : [];
  if (node.type !== 'StringLiteral' || !CODE.test(node.value)) return [];
  if (key === 'key' || (key === 'property' && parent.type.endsWith('MemberExpression'))) return [];
  // The comparison itself is turned round where it is no condition, and taken as true and false where it is one.
  if (parent.type === 'BinaryExpression' && (isCondition || OPPOSITES.get(parent.operator))) return [];
  return [`'${node.value}~'`];
}

/** A key without one of its parts. */
function templates({ node, parent, textOf }: Site): string[] {
  if (node.type !== 'TemplateLiteral' || parent.type === 'TaggedTemplateExpression') return [];
  const { quasis, expressions } = node;
  if (expressions.length < 2 || quasis.some(({ value }) => /\s/.test(value.raw))) return [];
  return expressions.map((_, left) => {
    const parts = quasis.map(({ value }, index) => {
      const expression = expressions[index];
      return value.raw + (expression && index !== left ? `\${${textOf(expression)}}` : '');
    });
    return `\`${parts.join('')}\``;
  });
}

function arrays({ node, textOf }: Site): Replacement[] {
  if (node.type !== 'ArrayExpression') return [];
  const elements = node.elements.filter((element) => element !== null);
  return elements.map((without) => ({
    code: `[${textsExcept(without, elements, textOf)}]`,
    without,
  }));
}

function objects({ node, textOf }: Site): Replacement[] {
  if (node.type !== 'ObjectExpression') return [];
  const { properties } = node;
  return properties
    .filter((member) => !isDocumentation(member) && !isUndefined(member))
    .map((without) => ({ code: `{ ${textsExcept(without, properties, textOf)} }`, without }));
}

function textsExcept(without: Node, nodes: readonly Node[], textOf: Site['textOf']): string {
  return nodes
    .filter((node) => node !== without)
    .map(textOf)
    .join(', ');
}

/** What is absent is undefined, too. */
function isUndefined(member: Node): boolean {
  return (
    member.type === 'ObjectProperty' &&
    member.value.type === 'Identifier' &&
    member.value.name === 'undefined'
  );
}

function isDocumentation(member: Node): boolean {
  return (
    member.type === 'ObjectProperty' &&
    member.key.type === 'Identifier' &&
    DOCUMENTING_MEMBERS.has(member.key.name)
  );
}

function calls({ node, parent, key, textOf }: Site): string[] {
  // Only a whole chain can be replaced: its parts end together at a value that is not there.
  if (isPartOfChain(node, parent, key)) return [];
  return [...(isCall(node) ? methodMutants(node, textOf) : []), ...withoutOptionalChaining(node, textOf)];
}

function methodMutants(node: CallExpression | OptionalCallExpression, textOf: Site['textOf']): string[] {
  const { callee } = node;
  if (callee.type !== 'MemberExpression' || callee.computed || callee.property.type !== 'Identifier')
    return [];
  const { name } = callee.property;
  const text = textOf(node);
  const object = textOf(callee.object);
  if (SORTING_METHODS.has(name)) return [object, `(${text}).reverse()`];
  if (DROPPED_METHODS.has(name)) return [object];
  const swapped = SWAPPED_METHODS.get(name);
  if (!swapped) return [];
  const offset = startOf(callee.property) - startOf(node);
  return [text.slice(0, offset) + swapped + text.slice(offset + name.length)];
}

function withoutOptionalChaining(node: Node, textOf: Site['textOf']): string[] {
  const mutants: string[] = [];
  const text = textOf(node);
  let link: Node = node;
  for (;;) {
    if (link.type === 'OptionalMemberExpression' || link.type === 'OptionalCallExpression') {
      const before: Expression =
        link.type === 'OptionalMemberExpression' ? link.object : (link.callee as Expression);
      if (link.optional) {
        const at = text.indexOf('?.', endOf(before) - startOf(node));
        const isDot = link.type === 'OptionalMemberExpression' && !link.computed;
        mutants.push(text.slice(0, at) + (isDot ? '.' : '') + text.slice(at + 2));
      }
      link = before;
    } else if (link.type === 'TSNonNullExpression') link = link.expression;
    else return mutants;
  }
}

/** Whether the parent continues the optional chain of a node. */
function isPartOfChain(node: Node, parent: Node, key: string): boolean {
  const isChain = /^Optional(Member|Call)Expression$/.test(node.type);
  return isChain && (key === 'object' || key === 'callee' || parent.type === 'TSNonNullExpression');
}

function isCall(node: Node): node is CallExpression | OptionalCallExpression {
  return node.type === 'CallExpression' || node.type === 'OptionalCallExpression';
}

function assignments({ node, textOf }: Site): string[] {
  if (node.type !== 'AssignmentExpression') return [];
  const operator = ASSIGNMENTS.get(node.operator);
  return operator ? [`${textOf(node.left)} ${operator} ${textOf(node.right)}`] : [];
}

/** A short function that returns nothing. */
function arrows({ node, parent, key }: Site): string[] {
  if (parent.type !== 'ArrowFunctionExpression' || key !== 'body' || node.type === 'BlockStatement')
    return [];
  return /Literal$|^Identifier$/.test(node.type) && node.type !== 'TemplateLiteral' ? [] : ['undefined'];
}
