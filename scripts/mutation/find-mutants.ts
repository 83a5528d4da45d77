import type { Node } from '@babel/types';
import type { Place, PlacedMutant } from './mutant.ts';
import { decidesBranch, expressionMutants } from './operators.ts';
import { childrenOf, endOf, parseModule, startOf } from './syntax.ts';

/** Where the walk is. */
interface Position {
  readonly node: Node;
  readonly parent: Node;
  readonly key: string;
  readonly isCondition: boolean;
  readonly functionName: string;
}

/** What only people read: the texts of errors and logs, and the documentation of schemas. */
const TEXTS_OF_CALL = /(^|\.)(logger|console)\.\w+$|\.(describe|meta)$/;
const TEXTS_OF_ERROR = /Error$/;

const LONGEST_TEXT = 90;

/**
 * All mutants of a module, in the order of its text.
 *
 * @param file - as in `Mutant`.
 */
export function findMutants(file: string, text: string): PlacedMutant[] {
  const program = parseModule(text);
  const textOf = (node: Node) => text.slice(startOf(node), endOf(node));
  const mutants: PlacedMutant[] = [];
  const counts = new Map<string, number>();

  const add = (node: Node, place: Place, code: string, change: string, functionName: string, at = node) => {
    const name = `${functionName}\n${change}`;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    mutants.push({
      file,
      line: text.slice(0, startOf(at)).split('\n').length,
      functionName,
      change: count === 1 ? change : `${change} (${count})`,
      start: startOf(node),
      end: endOf(node),
      place,
      code,
    });
  };

  const visit = (position: Position) => {
    const { node, parent, key, isCondition, functionName } = position;
    if (isReplaceable(node, parent, key)) {
      for (const { code, without } of expressionMutants({ node, parent, key, isCondition, textOf })) {
        const change = without
          ? `without ${shorten(textOf(without))}`
          : `${shorten(textOf(node))} => ${shorten(code)}`;
        add(node, 'expression', code, change, functionName, without);
      }
    }
    for (const { place, code, change } of statementMutants(position, textOf)) {
      add(node, place, code, change, functionName);
    }
    for (const child of childrenOf(node)) {
      if (isForReaders(child.node, node, child.key, textOf)) continue;
      visit({
        ...child,
        parent: node,
        isCondition: decidesBranch(node, child.key, isCondition),
        functionName: nameOf(child.node, node, functionName),
      });
    }
  };

  for (const { node, key } of childrenOf(program)) {
    visit({
      node,
      key,
      parent: program,
      isCondition: false,
      functionName: nameOf(node, program, '(module)'),
    });
  }
  return mutants;
}

/** Whether an expression may stand in the place of the node. */
function isReplaceable(node: Node, parent: Node, key: string): boolean {
  if (/Pattern$|Statement$|Declaration$|Property$|Method$/.test(node.type)) return false;
  if (node.type === 'VariableDeclarator' || node.type === 'TemplateElement') return false;
  switch (parent.type) {
    case 'ExpressionStatement':
      return node.type === 'AssignmentExpression';
    case 'AssignmentExpression':
    case 'AssignmentPattern':
    case 'ForOfStatement':
      return key === 'right' || key === 'body';
    case 'UpdateExpression':
      return false;
    case 'UnaryExpression':
      return parent.operator !== 'delete';
    case 'TSNonNullExpression':
      return !/^Optional/.test(node.type);
    case 'MemberExpression':
    case 'OptionalMemberExpression':
    case 'ObjectProperty':
      return parent.computed || (key !== 'property' && key !== 'key');
    case 'ClassDeclaration':
      return false;
    default:
      return true;
  }
}

function statementMutants(
  { node, parent, key }: Position,
  textOf: (node: Node) => string,
): { place: Place; code: string; change: string }[] {
  if (node.type === 'BlockStatement' && isBodyOfFunction(parent, key)) {
    const isAlreadyDropped = node.body.length === 1 && isDroppable(node.body[0]);
    return node.body.length === 0 || isAlreadyDropped || isConstructor(parent)
      ? []
      : [{ place: 'entry', code: 'return;', change: 'return at the start' }];
  }
  if (!isDroppable(node)) return [];
  const dropped = { place: 'statement' as const, code: '', change: `drop ${shorten(textOf(node))}` };
  if (node.type !== 'ExpressionStatement' || node.expression.type !== 'AwaitExpression') return [dropped];
  const { argument } = node.expression;
  return [
    dropped,
    {
      place: 'statement',
      code: `void (${textOf(argument)});`,
      change: `do not await ${shorten(textOf(argument))}`,
    },
  ];
}

function isDroppable(node: Node | undefined): boolean {
  if (node?.type !== 'ExpressionStatement') return false;
  const { expression } = node;
  return !(expression.type === 'CallExpression' && expression.callee.type === 'Super');
}

function isBodyOfFunction(parent: Node, key: string): boolean {
  return key === 'body' && /Function|Method/.test(parent.type);
}

function isConstructor(node: Node): boolean {
  return node.type === 'ClassMethod' && node.kind === 'constructor';
}

function isForReaders(node: Node, parent: Node, key: string, textOf: (node: Node) => string): boolean {
  switch (parent.type) {
    case 'CallExpression':
      return key === 'arguments' && isTextOrTable(node) && TEXTS_OF_CALL.test(textOf(parent.callee));
    case 'NewExpression':
      return key === 'arguments' && TEXTS_OF_ERROR.test(textOf(parent.callee));
    case 'ClassProperty':
      // The name of a kind of errors.
      return key === 'value' && node.type === 'StringLiteral' && textOf(parent.key) === 'name';
    default:
      return false;
  }
}

function isTextOrTable(node: Node): boolean {
  return !/Function/.test(node.type);
}

function nameOf(node: Node, parent: Node, outer: string): string {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return node.id?.name ?? outer;
    case 'ClassMethod':
    case 'ClassProperty':
    case 'ObjectMethod':
      return node.key.type === 'Identifier' ? join(outer, node.key.name) : outer;
    case 'ClassPrivateMethod':
    case 'ClassPrivateProperty':
      return join(outer, `#${node.key.id.name}`);
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return parent.type === 'VariableDeclarator' && parent.id.type === 'Identifier' && outer === '(module)'
        ? parent.id.name
        : outer;
    default:
      return outer;
  }
}

function join(outer: string, name: string): string {
  return outer === '(module)' ? name : `${outer}.${name}`;
}

/** On one line, with the end left out where it is long. */
function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > LONGEST_TEXT ? `${line.slice(0, LONGEST_TEXT)}…` : line;
}
