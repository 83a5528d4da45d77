import { type Document, visit, type YAMLParseError } from 'yaml';

/** What to do about an error of the parser, to be appended to its message; empty where nothing sure can be said. */
export function syntaxAdvice({ code, message, pos: [offset] }: YAMLParseError, text: string): string {
  if (code === 'BAD_SCALAR_START') return '. Put the text in quotes';
  if (code === 'DUPLICATE_KEY') {
    const [key = 'the key'] = /^"[^"]*"|^'[^']*'|^[^\s:]+/.exec(text.slice(offset, offset + 100)) ?? [];
    return `. Write ${key} once`;
  }
  if (code === 'TAB_AS_INDENT') return '. Indent with spaces';
  if (message.startsWith('Block collections are not allowed within flow')) {
    return '. Write a comma before the next entry';
  }
  if (message.startsWith('All mapping items must start')) return '. Indent the line as those beside it';
  if (message.startsWith('Nested mappings')) {
    return '. Put a text that contains ": " in quotes, or begin the second key in a line of its own';
  }
  return message.startsWith('Implicit')
    ? '. Write a key and its value as "key: value", with a space after the colon, and indent it as those beside it'
    : '';
}

/** The first reference to an anchor that is not there, as `*gold` is without quotes. */
export function unresolvedAlias(document: Document): { message: string; offset: number } | undefined {
  let found: { message: string; offset: number } | undefined;
  visit(document, {
    Alias(_key, node) {
      if (node.resolve(document)) return undefined;
      const written = JSON.stringify(`*${node.source}`);
      const message =
        `*${node.source} without quotes refers to an anchor, which is not there. Write ${written} in quotes for a ` +
        `text, or { wildcard: ${written} } in a pattern for a wildcard`;
      found = { message, offset: node.range?.[0] ?? 0 };
      return visit.BREAK;
    },
  });
  return found;
}
