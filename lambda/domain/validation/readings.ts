import { type Document, isAlias, isPair, isScalar, isSeq, type Node, type Pair, visit } from 'yaml';
import { isPlainNumber, plainNumberForm } from './plain-number.ts';
import type { Path, Problem } from './problem.ts';

/** A problem, and the offset of its place in the text. */
export interface Reading {
  readonly problem: Problem;
  readonly offset: number;
}

const STRING_TAG = 'tag:yaml.org,2002:str';

/**
 * The places at which a document reads otherwise than it looks: tags, anchors that nothing refers to, and numbers in
 * other notations.
 */
export function unexpectedReadings(document: Document): Reading[] {
  const readings: Reading[] = [];
  const referredTo = aliasesOf(document);
  visit(document, {
    Node(_key, node, ancestors) {
      const report = (toProblem: (path: Path) => Problem) => {
        readings.push({ problem: toProblem(pathOf(node, ancestors)), offset: node.range?.[0] ?? 0 });
      };
      if ('tag' in node && node.tag !== undefined && node.tag !== STRING_TAG) {
        const { tag } = node;
        report((path) => tagProblem(path, tag));
      } else if (isScalar(node) && node.anchor !== undefined && !referredTo.has(node.anchor)) {
        const { anchor, source } = node;
        report((path) => anchorProblem(path, anchor, source ?? ''));
      } else if (isScalar(node) && typeof node.value === 'number' && node.source !== undefined) {
        const { source, value } = node;
        if (!isPlainNumber(source, value)) report((path) => numberProblem(path, source, value));
      }
    },
  });
  return readings;
}

function tagProblem(path: Path, tag: string): Problem {
  const written = tag.startsWith('tag:yaml.org,2002:') ? `!!${tag.slice('tag:yaml.org,2002:'.length)}` : tag;
  return {
    code: 'yaml-tag',
    path,
    message:
      `Found the tag ${JSON.stringify(written)}, which has no meaning here; expected the value itself. ` +
      'Remove the tag, and write a text in quotes. What a template fills in, fill in before.',
    found: written,
    allowed: 'no tags',
  };
}

/** The names of the anchors that something in a document refers to. */
function aliasesOf(document: Document): ReadonlySet<string> {
  const names = new Set<string>();
  visit(document, {
    Node(_key, node) {
      if (isAlias(node)) names.add(node.source);
    },
  });
  return names;
}

/** The anchor of a text is dropped, as `&gold` of `&gold members`. One of an object or a list hides no text. */
function anchorProblem(path: Path, anchor: string, rest: string): Problem {
  const written = `&${anchor}`;
  const whole = `${written} ${rest}`.trim();
  return {
    code: 'yaml-anchor',
    path,
    message:
      `Found the anchor ${JSON.stringify(written)}, which is dropped, and nothing refers to it; expected the value ` +
      `itself. Remove the anchor, or write ${JSON.stringify(whole)} in quotes for a text.`,
    found: written,
    allowed: 'no anchor that nothing refers to',
  };
}

function numberProblem(path: Path, source: string, value: number): Problem {
  // A whole number beyond 2^53 loses digits, so there is no number to write instead.
  const isExact = Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value));
  const instead = isExact ? `${value}, or ` : '';
  const read = String(value) === source ? '' : `, which is read as the number ${value}`;
  const allowed = plainNumberForm(source);
  return {
    code: 'number-form',
    path,
    message:
      `Found ${source}${read}; expected ${allowed}. ` +
      `Write ${instead}${JSON.stringify(source)} in quotes for a text.`,
    found: value,
    allowed,
  };
}

/** The keys and indexes that lead to a node. */
function pathOf(node: Node, ancestors: readonly (Document | Node | Pair)[]): Path {
  const path: (string | number)[] = [];
  for (const [index, ancestor] of ancestors.entries()) {
    const child = ancestors[index + 1] ?? node;
    if (isSeq(ancestor)) path.push(ancestor.items.indexOf(child as never));
    if (isPair(ancestor) && isScalar(ancestor.key)) path.push(String(ancestor.key.value));
  }
  return path;
}
