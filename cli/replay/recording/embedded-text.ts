import { gunzipSync } from 'node:zlib';

/** The maximum size of a text that an envelope carries compressed, in bytes. CloudWatch Logs sends up to 1 MB. */
const MAX_BYTES = 16 * 2 ** 20;

const BASE64 = /^[A-Za-z0-9+/_-]{16,}={0,2}$/;

/** The first bytes of JSON: a brace, a bracket, a quote. */
const JSON_STARTS = [0x7b, 0x5b, 0x22];

/**
 * Decodes base64, also of gzip, as Kinesis, Firehose and the subscriptions of CloudWatch Logs carry events.
 *
 * @returns undefined when the text is not base64 of JSON.
 */
export function decodeBase64(text: string): string | undefined {
  const compact = text.trim().replaceAll(/\r?\n/g, '');
  const head = Buffer.from(compact.slice(0, 4), 'base64');
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  if (!isGzip && !JSON_STARTS.includes(head[0] ?? 0)) return undefined;
  if (!BASE64.test(compact)) return undefined;
  const bytes = Buffer.from(compact, 'base64');
  try {
    return (isGzip ? gunzipSync(bytes, { maxOutputLength: MAX_BYTES }) : bytes).toString('utf8');
  } catch {
    return undefined;
  }
}
