import { useEffect, useState } from 'preact/hooks';

/** The time of the deployment at a moment of this machine, by which what ticks is shown. */
let reading = { at: Date.now(), takenAt: performance.now() };

/** @param at - the time of the deployment now, in milliseconds since the epoch. */
export function setClock(at: number): void {
  reading = { at, takenAt: performance.now() };
}

/** The time of the deployment, in milliseconds since the epoch. */
export function now(): number {
  return reading.at + performance.now() - reading.takenAt;
}

/** The time of the deployment, anew each second. While the page is hidden it stands. */
export function useNow(): number {
  const [, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) setTick((tick) => tick + 1);
    }, 1_000);
    return () => clearInterval(timer);
  }, []);
  return now();
}
