import { stripTypeScriptTypes } from 'node:module';
import type { Node } from '@babel/types';
import type { PlacedMutant } from './mutant.ts';
import { childrenOf, endOf, parseModule, startOf } from './syntax.ts';

/** Names that the instrumented code calls: whether a mutant is switched on, and that a piece of work was done. */
export const IS_ON = '__isMutantOn';
export const COUNT_WORK = '__countWork';

/**
 * Puts all mutants of a module behind switches, so that the module is loaded once for all of them, and counts the
 * work that it does: each call of a function and each round of a loop.
 *
 * @param firstId - the number of the first mutant; the others have the numbers after it.
 * @returns JavaScript with the lines of the source.
 */
export function instrument(text: string, mutants: readonly PlacedMutant[], firstId: number): string {
  const byNode = Map.groupBy(
    mutants.map((mutant, index) => ({ ...mutant, id: firstId + index })),
    ({ start, end, place }) => `${start} ${end} ${place}`,
  );
  const mutantsOf = (node: Node, place: string) =>
    byNode.get(`${startOf(node)} ${endOf(node)} ${place}`) ?? [];

  const emit = (node: Node, parent: Node, key: string): string => {
    let code = '';
    let at = startOf(node);
    for (const child of childrenOf(node)) {
      // In `export { a }` the name stands for two nodes.
      if (startOf(child.node) < at) continue;
      code += text.slice(at, startOf(child.node)) + emit(child.node, node, child.key);
      at = endOf(child.node);
    }
    code += text.slice(at, endOf(node));
    if (node.type === 'BlockStatement') return withEntry(node, parent, key, code);
    if (isStatement(node)) {
      for (const { id, code: other } of mutantsOf(node, 'statement')) {
        code = `if(${IS_ON}(${id})){${other}}else{${code}}`;
      }
      return isLoop(parent) && key === 'body' ? `{${COUNT_WORK}();${code}}` : code;
    }
    const switches = mutantsOf(node, 'expression').map(
      ({ id, code: other }) => `${IS_ON}(${id})?(${other}):`,
    );
    if (switches.length > 0) code = `(${switches.join('')}(${code}))`;
    return parent.type === 'ArrowFunctionExpression' && key === 'body' ? `(${COUNT_WORK}(),${code})` : code;
  };

  const withEntry = (node: Node, parent: Node, key: string, code: string): string => {
    if (key !== 'body' || !(isLoop(parent) || /Function|Method/.test(parent.type))) return code;
    const entry = mutantsOf(node, 'entry').map(({ id, code: other }) => `if(${IS_ON}(${id})){${other}}`);
    return `{${COUNT_WORK}();${entry.join('')}${code.slice(1)}`;
  };

  const program = parseModule(text);
  let code = '';
  let at = 0;
  for (const { node, key } of childrenOf(program)) {
    code += text.slice(at, startOf(node)) + emit(node, program, key);
    at = endOf(node);
  }
  return stripTypeScriptTypes(code + text.slice(at), { mode: 'strip' });
}

function isStatement(node: Node): boolean {
  return node.type.endsWith('Statement');
}

function isLoop(node: Node): boolean {
  return /^(For|ForOf|ForIn|While|DoWhile)Statement$/.test(node.type);
}
