/** The text of a file, and what is wrong with its encoding. */
export interface DecodedText {
  /** Without a byte order mark. Where the encoding is wrong, the letters that could be read. */
  readonly text: string;
  readonly encodingProblem?: EncodingProblem;
}

/** Lines and columns count from 1. */
export interface EncodingProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Decodes the bytes of a file. It must be in UTF-8; a byte order mark is dropped. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const utf16 = utf16Encoding(bytes);
  if (utf16 !== undefined) {
    const message = `This file is in ${utf16.name}; expected UTF-8. Save it as UTF-8.`;
    return {
      text: new TextDecoder(utf16.label).decode(bytes),
      encodingProblem: { line: 1, column: 1, message },
    };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const offset = firstInvalidByte(bytes);
    const before = new TextDecoder().decode(bytes.subarray(0, offset)).split('\n');
    const byte = (bytes[offset] ?? 0).toString(16).toUpperCase().padStart(2, '0');
    return {
      text: new TextDecoder('windows-1252').decode(bytes),
      encodingProblem: {
        line: before.length,
        column: (before.at(-1)?.length ?? 0) + 1,
        message:
          `The byte 0x${byte} is not UTF-8: the file is probably in Latin-1 or Windows-1252; expected UTF-8. ` +
          'Save it as UTF-8.',
      },
    };
  }
}

/** UTF-16 has a byte order mark, or a zero byte beside each of its first characters. */
function utf16Encoding([first, second]: Uint8Array): { name: string; label: string } | undefined {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) {
    return { name: 'UTF-16 (little-endian)', label: 'utf-16le' };
  }
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && second !== undefined)) {
    return { name: 'UTF-16 (big-endian)', label: 'utf-16be' };
  }
  return undefined;
}

function firstInvalidByte(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let complete = 0;
  for (let index = 0; index < bytes.length; index++) {
    try {
      if (decoder.decode(bytes.subarray(index, index + 1), { stream: true }) !== '') complete = index + 1;
    } catch {
      return complete;
    }
  }
  return complete;
}
