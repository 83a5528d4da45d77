const RATE = /^(\d+(?:\.\d+)?)\/(s|m|h)$/;
const SECONDS = { s: 1, m: 60, h: 3_600 } as const;

/** Contacts per second from `0.5/s`, `30/m` or `900/h`; undefined when it is nothing of the kind, or 0. */
export function parseRate(text: string): number | undefined {
  const [, count, unit] = RATE.exec(text) ?? [];
  const rate = Number(count) / SECONDS[(unit ?? 's') as keyof typeof SECONDS];
  return rate > 0 ? rate : undefined;
}
