/** The upper bounds of the buckets of the histogram of waits, in seconds. */
export const WAIT_BUCKET_BOUNDS: readonly number[] = [
  1, 10, 20, 30, 45, 60, 90, 120, 150, 180, 240, 300, 360, 420, 480, 600, 720, 900, 1_200, 1_800, 2_700,
  3_600, 5_400, 7_200, 10_800, 14_400, 28_800, 86_400, 31_622_400,
];

/** The index of the bucket of a wait. */
export function waitBucketIndex(seconds: number): number {
  let [low, high] = [0, WAIT_BUCKET_BOUNDS.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (seconds < (WAIT_BUCKET_BOUNDS[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}
