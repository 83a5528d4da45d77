import { compilePattern, fieldsUnder, matches, withoutField } from '../../lambda/domain/pattern/index.ts';
import { type ParsedPolicy, parsePolicy } from '../../lambda/domain/policy/parse.ts';
import { readDocument } from '../../lambda/domain/validation/document.ts';
import { matchesSlowly } from '../../test/domain/pattern/event-ruler.ts';
import { createDraw, generateEvent, generateJson, generatePattern, mutateValue } from './inputs.ts';
import { generatePolicyText, generateTortureText } from './texts.ts';

/** The result of an input. */
interface FuzzResult {
  readonly kind: 'pattern' | 'policy';
  readonly accepted: boolean;
  /** The number of events that matched. */
  readonly matched: number;
}

/** An input was not handled correctly. */
export class FuzzError extends Error {
  override readonly name = 'FuzzError';
  readonly seed: number;
  readonly input: unknown;

  constructor(seed: number, problem: string, input: unknown, cause?: unknown) {
    super(`Seed ${seed}: ${problem}`, { cause });
    this.seed = seed;
    this.input = input;
  }
}

/** The maximum duration of a call, in milliseconds. */
const MAX_DURATION_MS = 1_000;

/** The naive matcher tries every combination of values, so it is used for small inputs only. */
const MAX_LENGTH_FOR_NAIVE = 400;
const MAX_RULES_FOR_NAIVE = 20;

/**
 * Generates the input of a seed and checks that the code does not throw, does not hang, and gives correct
 * results.
 *
 * @param now - returns the time in milliseconds.
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
  const timed = <T>(name: string, input: unknown, run: () => T) => runTimed(seed, name, input, now, run);
  const { pattern: compiled, problems } = timed('compilePattern', source, () => compilePattern(source));
  if ((compiled === undefined) !== problems.length > 0)
    throw new FuzzError(seed, 'neither pattern nor problems', source);
  if (!compiled) return { kind: 'pattern', accepted: false, matched: 0 };
  timed('fieldsUnder', source, () => fieldsUnder(compiled, 'a'));
  const without = timed('withoutField', source, () => withoutField(compiled, 'a'));
  let matched = 0;
  for (let count = 0; count < 4; count++) {
    const event = generateEvent(draw);
    const input = { pattern: source, event };
    const isMatch = timed('matches', input, () => matches(compiled, event));
    if (isMatch) matched++;
    if (isMatch && !matches(without, event)) {
      throw new FuzzError(seed, 'matches, but not without a field', input);
    }
    if (
      isSmall(event) &&
      compiled.rules.length <= MAX_RULES_FOR_NAIVE &&
      isMatch !== matchesSlowly(compiled, event)
    ) {
      throw new FuzzError(seed, `matches returns ${isMatch}, the naive matcher ${!isMatch}`, input);
    }
  }
  return { kind: 'pattern', accepted: true, matched };
}

function checkPolicy(seed: number, text: string, now: () => number): FuzzResult {
  const parse = (source: string) =>
    runTimed(seed, 'parsePolicy', source, now, () => parsePolicy('name', source));
  const parsed = parse(text);
  for (const { code, message, line, column } of parsed.problems) {
    if (!code || !message || !(line >= 1) || !(column >= 1))
      throw new FuzzError(seed, 'a problem without a code, message or position', text);
  }
  if ((parsed.policy === undefined) !== parsed.problems.length > 0) {
    throw new FuzzError(seed, 'neither policy nor problems', text);
  }
  if (parsed.policy) {
    const json = JSON.stringify(readDocument(text).value);
    if (serialize(parse(text)) !== serialize(parsed))
      throw new FuzzError(seed, 'parses differently the second time', text);
    if (serialize(parse(json)) !== serialize(parsed))
      throw new FuzzError(seed, `parses differently as ${json}`, text);
  }
  return { kind: 'policy', accepted: parsed.policy !== undefined, matched: 0 };
}

/** Other threads of the process, such as those that collect garbage, may have taken the time of one attempt. */
const ATTEMPTS = 3;

function runTimed<T>(seed: number, name: string, input: unknown, now: () => number, run: () => T): T {
  for (let attempt = 1; ; attempt++) {
    const start = now();
    let result: T;
    try {
      result = run();
    } catch (error) {
      throw new FuzzError(seed, `${name} throws`, input, error);
    }
    const durationMs = now() - start;
    if (durationMs <= MAX_DURATION_MS) return result;
    if (attempt === ATTEMPTS) throw new FuzzError(seed, `${name} takes ${Math.round(durationMs)} ms`, input);
  }
}

/** Serializes a policy without the functions in its patterns. */
function serialize(parsed: ParsedPolicy): string {
  return JSON.stringify(parsed);
}

/** The naive matcher searches nested lists of any depth; the real one has a limit. */
const TOO_DEEP = '['.repeat(60);

function isSmall(event: object): boolean {
  try {
    const text = JSON.stringify(event);
    return text.length <= MAX_LENGTH_FOR_NAIVE && !text.includes(TOO_DEEP);
  } catch {
    // The event is too deep for JSON.stringify.
    return false;
  }
}
