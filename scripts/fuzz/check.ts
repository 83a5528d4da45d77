import { compilePattern, fieldsUnder, matches, withoutField } from '../../lambda/domain/pattern/index.ts';
import { type ParsedPolicy, parsePolicy } from '../../lambda/domain/policy/parse.ts';
import { readDocument } from '../../lambda/domain/validation/document.ts';
import { matchesSlowly } from '../../test/domain/pattern/event-ruler.ts';
import { createDraw, generateEvent, generateJson, generatePattern, mutateValue } from './inputs.ts';
import { generatePolicyText, generateTortureText } from './texts.ts';

/** What came of an input. */
export interface FuzzResult {
  readonly kind: 'pattern' | 'policy';
  readonly accepted: boolean;
  /** Times that an event matched. */
  readonly matched: number;
}

/** An input that was not dealt with as it should be. */
export class FuzzError extends Error {
  override readonly name = 'FuzzError';
  readonly seed: number;
  readonly input: unknown;

  constructor(seed: number, what: string, input: unknown, cause?: unknown) {
    super(`Seed ${seed}: ${what}`, { cause });
    this.seed = seed;
    this.input = input;
  }
}

/** Longer than this, in milliseconds, is a hang. */
const HANG_MS = 1_000;

/** The naive matcher tries every choice of values, so it is asked of small inputs only. */
const MAX_LENGTH_FOR_NAIVE = 400;
const MAX_RULES_FOR_NAIVE = 20;

/**
 * Makes the input of a seed and holds the code to it: nothing throws, nothing takes long, and what is accepted is
 * right.
 *
 * @param now the time in milliseconds.
 * @throws FuzzError
 */
export function checkSeed(seed: number, now: () => number): FuzzResult {
  const draw = createDraw(seed);
  switch (draw(4)) {
    case 0:
      return checkPattern(
        seed,
        draw(4) === 0 ? generateJson(draw, ['a', 'b', '$or', 'prefix']) : generatePattern(draw),
        now,
      );
    case 1:
      return checkPattern(seed, mutateValue(draw, generatePattern(draw)), now);
    case 2:
      return checkPolicy(seed, generatePolicyText(draw), now);
    default:
      return checkPolicy(seed, generateTortureText(draw), now);
  }
}

function checkPattern(seed: number, source: unknown, now: () => number): FuzzResult {
  const draw = createDraw(~seed);
  const timed = <T>(what: string, input: unknown, run: () => T) => runTimed(seed, what, input, now, run);
  const { pattern: compiled, problems } = timed('compilePattern', source, () => compilePattern(source));
  if ((compiled === undefined) !== problems.length > 0)
    throw new FuzzError(seed, 'neither pattern nor problems', source);
  if (!compiled) return { kind: 'pattern', accepted: false, matched: 0 };
  timed('fieldsUnder', source, () => fieldsUnder(compiled, 'a'));
  const without = timed('withoutField', source, () => withoutField(compiled, 'a'));
  let matched = 0;
  for (let count = 0; count < 4; count++) {
    const one = generateEvent(draw);
    const input = { pattern: source, event: one };
    const held = timed('matches', input, () => matches(compiled, one));
    if (held) matched++;
    if (held && !matches(without, one)) throw new FuzzError(seed, 'matches, but not without a field', input);
    if (
      isSmall(one) &&
      compiled.rules.length <= MAX_RULES_FOR_NAIVE &&
      held !== matchesSlowly(compiled, one)
    ) {
      throw new FuzzError(seed, `matches says ${held}, the naive matcher ${!held}`, input);
    }
  }
  return { kind: 'pattern', accepted: true, matched };
}

function checkPolicy(seed: number, text: string, now: () => number): FuzzResult {
  const parse = (given: string) =>
    runTimed(seed, 'parsePolicy', given, now, () => parsePolicy('name', given));
  const parsed = parse(text);
  for (const { code, message, line, column } of parsed.problems) {
    if (!code || !message || !(line >= 1) || !(column >= 1))
      throw new FuzzError(seed, 'a problem without a place', text);
  }
  if ((parsed.policy === undefined) !== parsed.problems.length > 0) {
    throw new FuzzError(seed, 'neither policy nor problems', text);
  }
  if (parsed.policy) {
    const again = JSON.stringify(readDocument(text).value);
    if (serialize(parse(text)) !== serialize(parsed))
      throw new FuzzError(seed, 'parses differently again', text);
    if (serialize(parse(again)) !== serialize(parsed))
      throw new FuzzError(seed, `parses differently as ${again}`, text);
  }
  return { kind: 'policy', accepted: parsed.policy !== undefined, matched: 0 };
}

function runTimed<T>(seed: number, what: string, input: unknown, now: () => number, run: () => T): T {
  const start = now();
  let result: T;
  try {
    result = run();
  } catch (error) {
    throw new FuzzError(seed, `${what} throws`, input, error);
  }
  const tookMs = now() - start;
  if (tookMs > HANG_MS) throw new FuzzError(seed, `${what} takes ${Math.round(tookMs)} ms`, input);
  return result;
}

/** A policy as text, but for the tests in its patterns, which are functions. */
function serialize(parsed: ParsedPolicy): string {
  return JSON.stringify(parsed);
}

/** The naive matcher looks into lists in lists of any depth, the real one not. */
const TOO_DEEP = '['.repeat(60);

function isSmall(one: object): boolean {
  try {
    const text = JSON.stringify(one);
    return text.length <= MAX_LENGTH_FOR_NAIVE && !text.includes(TOO_DEEP);
  } catch {
    // Too deep for JSON.stringify.
    return false;
  }
}
