import { describeValue } from '../validation/problem.ts';
import type { ValueTest } from './pattern.ts';
import { addProblem, type Cursor } from './problem.ts';

const IPV4 = /^\d+\.\d+\.\d+\.\d+$/;
const IPV6 = /^[\da-fA-F:]+$/;

/**
 * Parses an IP address.
 *
 * @returns 4 or 16 bytes; undefined for any other text. An IPv4 address in IPv6 form (`::ffff:a00:1`) has 4
 *   bytes.
 *
 * Source: Event Ruler's `CIDR`, which reads addresses with Java's `InetAddress`.
 */
export function ipBytes(text: string): readonly number[] | undefined {
  if (IPV4.test(text)) {
    const bytes = text.split('.').map(Number);
    return text.length <= 15 && bytes.every((byte) => byte <= 255) ? bytes : undefined;
  }
  if (!IPV6.test(text)) return undefined;
  const [before = '', after, ...more] = text.split('::');
  const head = parseGroups(before);
  const tail = after === undefined ? [] : parseGroups(after);
  const left = 8 - head.length - tail.length;
  const fits = after === undefined ? left === 0 : left > 0;
  const all = [...head, ...Array<number>(Math.max(left, 0)).fill(0), ...tail];
  if (more.length > 0 || !fits || !all.every((group) => group <= 0xffff)) return undefined;
  const isIpv4 = all.slice(0, 5).every((group) => group === 0) && all[5] === 0xffff;
  return (isIpv4 ? all.slice(6) : all).flatMap((group) => [group >> 8, group & 0xff]);
}

/** Parses the 16-bit groups of a part of an IPv6 address. An empty group is NaN. */
function parseGroups(part: string): number[] {
  return part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
}

const ALLOWED = 'an address range such as 10.0.0.0/8 (up to /31) or 2001:db8::/32 (up to /127)';

/** Compiles `{"cidr": "10.0.0.0/8"}`. */
export function cidr(cursor: Cursor, operand: unknown): ValueTest | undefined {
  const [, address = '', bitsText] =
    typeof operand === 'string' ? (/^(.*)\/(\d{1,3})$/s.exec(operand) ?? []) : [];
  const network = ipBytes(address);
  const bits = Number(bitsText);
  if (network === undefined || bits >= network.length * 8) {
    return addProblem(cursor, {
      code: 'bad-cidr',
      message:
        `Found ${describeValue(operand)}. Write ${ALLOWED}; ` +
        'for a single address write the address itself as a value.',
      found: operand,
      allowed: ALLOWED,
    });
  }
  const masks = network.map((_, index) => (0xff00 >> Math.min(Math.max(bits - index * 8, 0), 8)) & 0xff);
  return (value) => {
    if (typeof value !== 'string') return false;
    const bytes = ipBytes(value);
    return (
      bytes?.length === network.length &&
      bytes.every((byte, index) => ((byte ^ (network[index] as number)) & (masks[index] as number)) === 0)
    );
  };
}
