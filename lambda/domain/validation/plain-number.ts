/** A number as JSON writes it, which no reader of YAML understands otherwise. */
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;

/** True for a number that reads as it looks: in JSON's notation, and with all its digits. */
export function isPlainNumber(source: string, value: number): boolean {
  if (!JSON_NUMBER.test(source) || !Number.isFinite(value)) return false;
  if (significantDigits(source) > MAX_DIGITS) return false;
  return !/^-?\d+$/.test(source) || Number.isSafeInteger(value);
}

/** What a number must be that is not plain: in another notation, or with more digits than are kept. */
export function plainNumberForm(source: string): string {
  if (!JSON_NUMBER.test(source)) return 'a number in decimal notation';
  return /^-?\d+$/.test(source)
    ? `a whole number from -${Number.MAX_SAFE_INTEGER} to ${Number.MAX_SAFE_INTEGER}`
    : `a number of at most ${MAX_DIGITS} digits, below 1.8e308`;
}

/** A number of IEEE 754 with 64 bits keeps at most so many digits. */
const MAX_DIGITS = 17;

function significantDigits(source: string): number {
  const [digits = ''] = source.split(/[eE]/);
  return digits.replace(/^[-0.]+/, '').replace('.', '').length;
}
