/** Formats a number without decimals and with thousands separators. */
export function formatCount(value: number): string {
  return Math.round(value).toLocaleString('en');
}
