/** The characters of a line that are looked at: a prefix, and the indentation after it. */
const MAX_HEAD_LENGTH = 2_000;

/** A line that begins a pretty-printed value after words, such as `2026-11-23T10:00:06Z stdout F {`. */
const FIRST_LINE = /^(?=.*[^\s[{])(.*[^[{])[[{]+\s*$/;

/**
 * Leaves out what a log tool writes before each line of a pretty-printed value, as `kubectl logs --timestamps`,
 * `docker logs -t`, journald and `aws logs tail` do: what stands before the first bracket and before each line after
 * it, numbers aside. The first line of each value keeps it, since it has the time.
 *
 * @param chunks - a text in pieces, which may end within a line. At most 2,000 characters are held back.
 */
export async function* withoutLinePrefixes(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  const stripper = new PrefixStripper();
  let rest = '';
  let isInLongLine = false;
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    let text = '';
    for (const line of lines) {
      text += `${isInLongLine ? line : stripper.strip(line)}\n`;
      isInLongLine = false;
    }
    if (isInLongLine || rest.length > MAX_HEAD_LENGTH) {
      text += isInLongLine ? rest : stripper.strip(rest);
      isInLongLine = true;
      rest = '';
    }
    if (text !== '') yield text;
  }
  if (rest !== '') yield stripper.strip(rest);
}

class PrefixStripper {
  /** The beginning of each line of the value that is open; undefined outside of one. */
  #prefix: RegExp | undefined;

  strip(line: string): string {
    const [prefix = ''] = this.#prefix?.exec(line.slice(0, MAX_HEAD_LENGTH)) ?? [];
    const inner = line.slice(prefix.length);
    if (prefix === '' || /^[[{]/.test(inner)) {
      this.#prefix = prefixOfValue(line);
      return line;
    }
    if (/^[\]}]/.test(inner)) this.#prefix = undefined;
    return inner;
  }
}

/** The prefix of the value that a line begins; undefined where it begins none, or has nothing before it. */
function prefixOfValue(line: string): RegExp | undefined {
  if (line.length > MAX_HEAD_LENGTH || !/[[{]\s*$/.test(line.slice(-8))) return undefined;
  const [, prefix] = FIRST_LINE.exec(line) ?? [];
  return prefix === undefined ? undefined : new RegExp(`^${prefixPattern(prefix)}`);
}

/** The prefix as a pattern in which numbers differ: a time may have a fraction or none, a number more digits. */
function prefixPattern(prefix: string): string {
  return prefix
    .replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
    .replaceAll(/(\d\d:\d\d:\d\d)(?:(?:\\\.|,)\d+)?/g, '$1(?:[.,]\\d+)?')
    .replaceAll(/[ \t]+(?=\d)/g, '[ \\t]+')
    .replaceAll(/\d+/g, '\\d+');
}
