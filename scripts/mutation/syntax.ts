import { parse } from '@babel/parser';
import type { Node } from '@babel/types';

/** A child of a node, with the name of the member that holds it. */
interface Child {
  readonly key: string;
  readonly node: Node;
}

/** What exists for the compiler only. */
const TYPES_ONLY = new Set([
  'typeAnnotation',
  'typeParameters',
  'typeArguments',
  'returnType',
  'superTypeParameters',
  'implements',
  'predicate',
]);

const TYPED_EXPRESSIONS = new Set(['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression']);

/**
 * Parses a module of TypeScript.
 *
 * @throws SyntaxError when the text is not one.
 */
export function parseModule(text: string): Node {
  return parse(text, { sourceType: 'module', plugins: ['typescript'], attachComment: false }).program;
}

/** The parts of a node that exist when the code runs, in the order of the text. */
export function childrenOf(node: Node): Child[] {
  const children: Child[] = [];
  for (const [key, value] of Object.entries(node)) {
    if (TYPES_ONLY.has(key) || key === 'extra' || key === 'loc') continue;
    // In `{ a = 1 }` the value stands where the key stands.
    if (key === 'key' && 'shorthand' in node && node.shorthand) continue;
    for (const item of Array.isArray(value) ? value : [value]) {
      if (isNode(item) && existsAtRunTime(item)) children.push({ key, node: item });
    }
  }
  return children.sort((a, b) => startOf(a.node) - startOf(b.node));
}

/** The offset of its first character. */
export function startOf(node: Node): number {
  return node.start ?? 0;
}

/** The offset after its last character. */
export function endOf(node: Node): number {
  return node.end ?? 0;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

function existsAtRunTime(node: Node): boolean {
  if (node.type.startsWith('TS')) return TYPED_EXPRESSIONS.has(node.type);
  if (node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration') return false;
  return !('declare' in node && node.declare);
}
