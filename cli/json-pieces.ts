/** Pieces are joined up to this length, in characters. */
const PIECE_LENGTH = 2 ** 16;

/** Lists and objects that are nested deeper are written as a whole. */
const MAX_DEPTH = 4;

/**
 * The text of `JSON.stringify(value, null, 2)` and a line end in pieces, so that a document of any length can be
 * printed: a string of V8 has at most 512 million characters.
 */
export function* jsonPieces(value: unknown): Generator<string> {
  let joined = '';
  for (const token of tokens(value, '', 0)) {
    joined += token;
    if (joined.length < PIECE_LENGTH) continue;
    yield joined;
    joined = '';
  }
  yield `${joined}\n`;
}

function* tokens(value: unknown, indent: string, depth: number): Generator<string> {
  const isList = Array.isArray(value);
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH || 'toJSON' in value) {
    yield (JSON.stringify(value, null, 2) ?? 'null').replaceAll('\n', `\n${indent}`);
    return;
  }
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  const inner = `${indent}  `;
  let count = 0;
  for (const [name, member] of isList ? value.entries() : Object.entries(value)) {
    if (member === undefined && !isList) continue;
    yield `${count === 0 ? open : ','}\n${inner}${isList ? '' : `${JSON.stringify(name)}: `}`;
    yield* tokens(member, inner, depth + 1);
    count += 1;
  }
  yield count === 0 ? `${open}${close}` : `\n${indent}${close}`;
}
