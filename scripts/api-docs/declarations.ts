/** A public member of an interface or class. */
export interface Member {
  readonly name: string;
  readonly type: string;
  readonly isOptional: boolean;
  /** The docstring, on one line. */
  readonly description: string;
}

/**
 * Reads the public `readonly` members of an exported interface or class from its formatted source. TypeScript
 * 7 has no compiler API that a documentation generator could use.
 *
 * @throws RangeError if the source has no such declaration, or a member has no docstring.
 */
export function membersOf(source: string, name: string): Member[] {
  const [, body] =
    new RegExp(`^export (?:interface|class) ${name}\\b[^{]*\\{\n(.*?)^\\}`, 'ms').exec(source) ?? [];
  if (body === undefined) throw new RangeError(`the source exports no interface or class ${name}`);
  const lines = body.matchAll(/(?:^ {2}\/\*\*((?:(?!\*\/).)*)\*\/\n)?^ {2}readonly (\w+)(\??): ([^;]+);/gms);
  return [...lines].map(([, comment, member = '', optional, type = '']) => {
    if (comment === undefined) throw new RangeError(`${name}.${member} has no docstring`);
    return {
      name: member,
      type: type.replace(/ \| undefined$/, ''),
      isOptional: optional === '?',
      description: comment.replaceAll(/\s+\*?\s*/g, ' ').trim(),
    };
  });
}
