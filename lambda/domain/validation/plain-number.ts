/** A number as JSON writes it, which no reader of YAML understands otherwise. */
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;

/** True for a number that reads as it looks: in JSON's notation, and with all its digits. */
export function isPlainNumber(source: string, value: number): boolean {
  if (!JSON_NUMBER.test(source) || !Number.isFinite(value)) return false;
  if (significantDigits(source) > MAX_DIGITS) return false;
  return !/^-?\d+$/.test(source) || Number.isSafeInteger(value);
}

/** A number of IEEE 754 with 64 bits keeps at most so many digits. */
const MAX_DIGITS = 17;

function significantDigits(source: string): number {
  const [digits = ''] = source.split(/[eE]/);
  return digits.replace(/^[-0.]+/, '').replace('.', '').length;
}
