import type { LocatedProblem } from '../../lambda/domain/validation/document.ts';

/** The largest value of a standard parameter; beyond it AWS charges for an advanced one. */
const MAX_STANDARD_BYTES = 4_096;

/** The largest value of an advanced parameter. */
const MAX_BYTES = 8_192;

/**
 * The problems that SSM has with a text as the value of a parameter.
 *
 * Source: Systems Manager API reference, PutParameter.
 */
export function parameterProblems(text: string): LocatedProblem[] {
  const bytes = Buffer.byteLength(text);
  const problems: LocatedProblem[] = [];
  if (bytes > MAX_BYTES) {
    problems.push({
      code: 'too-large',
      path: [],
      line: 1,
      column: 1,
      message:
        `This has ${bytes} bytes; expected at most ${MAX_BYTES}, the limit of an SSM parameter. ` +
        'Split the policy into two with different matches, or shorten its comments.',
      found: bytes,
      allowed: `at most ${MAX_BYTES}`,
    });
  }
  const before = text.split('{{', 1)[0] ?? '';
  if (before !== text) {
    const lines = before.split('\n');
    problems.push({
      code: 'template-braces',
      path: [],
      line: lines.length,
      column: (lines.at(-1)?.length ?? 0) + 1,
      message:
        'Found "{{", which SSM refuses in a parameter, since it marks a reference to another one; expected none. ' +
        'Write one brace, or in YAML a space between two.',
      found: '{{',
      allowed: 'no {{',
    });
  }
  return problems;
}

/** What to know of a text that SSM takes only as an advanced parameter; undefined if it fits a standard one. */
export function advancedParameterMessage(text: string): string | undefined {
  const bytes = Buffer.byteLength(text);
  if (bytes <= MAX_STANDARD_BYTES || bytes > MAX_BYTES) return undefined;
  return (
    `This has ${bytes} bytes. Above ${MAX_STANDARD_BYTES} bytes it becomes an advanced parameter, ` +
    'which AWS charges for. Shorten its comments, or split it.'
  );
}
