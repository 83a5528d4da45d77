/** What the first bytes of a file show. */
export type FileKind =
  | { readonly kind: 'gzip' }
  | { readonly kind: 'text'; readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' }
  /** What it is, and a command that writes its JSON to stdout. */
  | { readonly kind: 'unreadable'; readonly is: string; readonly convert: string };

/** The number of bytes from the beginning of a file that show what it is. */
export const HEAD_BYTES = 1_024;

interface Signature {
  readonly bytes: string;
  /** Default: 0. */
  readonly offset?: number;
  readonly is: string;
  /** FILE stands for the path of the file. */
  readonly convert: string;
}

const PARQUET_QUERY = `duckdb -c "COPY (SELECT * FROM 'FILE') TO '/dev/stdout' (FORMAT json)"`;

const ZLIB = `python3 -c "import sys, zlib; sys.stdout.buffer.write(zlib.decompress(open(sys.argv[1], 'rb').read()))" FILE`;

const SIGNATURES: readonly Signature[] = [
  { bytes: '\x28\xb5\x2f\xfd', is: 'a Zstandard file', convert: 'zstd -dc FILE' },
  { bytes: 'PK\x03\x04', is: 'a zip archive', convert: 'unzip -p FILE' },
  { bytes: 'PK\x05\x06', is: 'an empty zip archive', convert: 'unzip -p FILE' },
  { bytes: 'PAR1', is: 'a Parquet file', convert: PARQUET_QUERY },
  { bytes: 'ORC', is: 'an ORC file', convert: 'orc-contents FILE' },
  { bytes: 'Obj\x01', is: 'an Avro file', convert: 'avro-tools tojson FILE' },
  { bytes: 'BZh', is: 'a bzip2 file', convert: 'bzip2 -dc FILE' },
  { bytes: '\xfd7zXZ\x00', is: 'an xz file', convert: 'xz -dc FILE' },
  { bytes: '\x04\x22\x4d\x18', is: 'an LZ4 file', convert: 'lz4 -dc FILE' },
  { bytes: 'x\x01', is: 'zlib data', convert: ZLIB },
  { bytes: 'x\x9c', is: 'zlib data', convert: ZLIB },
  { bytes: 'x\xda', is: 'zlib data', convert: ZLIB },
  { bytes: '7z\xbc\xaf\x27\x1c', is: 'a 7z archive', convert: '7z x -so FILE' },
  { bytes: '\xff\x06\x00\x00sNaPpY', is: 'a Snappy file', convert: 'snzip -dc FILE' },
  { bytes: 'SQLite format 3\x00', is: 'an SQLite database', convert: 'sqlite3 FILE "SELECT …"' },
  { bytes: '%PDF', is: 'a PDF document', convert: 'pdftotext FILE -' },
  { bytes: 'ustar', offset: 257, is: 'a tar archive', convert: 'tar -xOf FILE' },
];

/** Recognizes a file by its first bytes, never by its name. */
export function fileKind(head: Uint8Array): FileKind {
  const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1');
  if (text.startsWith('\x1f\x8b')) return { kind: 'gzip' };
  if (text.startsWith('\xff\xfe\x00\x00') || text.startsWith('\x00\x00\xfe\xff')) return utf32('');
  if (text.startsWith('\xff\xfe')) return { kind: 'text', encoding: 'utf-16le' };
  if (text.startsWith('\xfe\xff')) return { kind: 'text', encoding: 'utf-16be' };
  const found = SIGNATURES.find(({ bytes, offset = 0 }) => text.startsWith(bytes, offset));
  if (found) return { kind: 'unreadable', is: found.is, convert: found.convert };
  // JSON begins with ASCII characters, which UTF-16 writes with a zero byte each.
  const zeros = [...head.subarray(0, 4)].map((byte) => (byte === 0 ? '0' : 'x')).join('');
  if (zeros === 'x0x0') return { kind: 'text', encoding: 'utf-16le' };
  if (zeros === '0x0x') return { kind: 'text', encoding: 'utf-16be' };
  if (zeros === 'x000') return utf32('LE');
  if (zeros === '000x') return utf32('BE');
  if (text.includes('\x00') && /^\s*[{[]/.test(text)) {
    return { kind: 'unreadable', is: 'a text with zero bytes', convert: "tr '\\0' '\\n' < FILE" };
  }
  if (text.includes('\x00')) return { kind: 'unreadable', is: 'a binary file', convert: 'strings FILE' };
  return { kind: 'text', encoding: 'utf-8' };
}

function utf32(order: '' | 'LE' | 'BE'): FileKind {
  return { kind: 'unreadable', is: 'a text in UTF-32', convert: `iconv -f UTF-32${order} -t UTF-8 FILE` };
}
