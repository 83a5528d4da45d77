import { getHeapStatistics } from 'node:v8';
import { BroadcastChannel } from 'node:worker_threads';

const CHANNEL = 'bench:dispatch';
const SAMPLE_MS = 20;

interface Sample {
  /** Bytes of the thread's heap that are used, garbage included. V8 counts for each thread apart. */
  readonly heapBytes: number;
  /** Processor time that the thread has used, in microseconds. */
  readonly cpuMicros: number;
}

/** To be called in the thread of dispatch: it tells how it fares until it ends. */
export function publishThreadUsage(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.unref();
  setInterval(() => {
    const { user, system } = process.threadCpuUsage();
    const sample: Sample = { heapBytes: getHeapStatistics().used_heap_size, cpuMicros: user + system };
    channel.postMessage(sample);
  }, SAMPLE_MS).unref();
}

/** What was told of the thread. */
export interface ThreadUsageCollector {
  maxHeapBytes(): number;
  /** Since the first sample. */
  cpuMs(): number;
  stop(): void;
}

/** Listens to the thread of dispatch. */
export function collectThreadUsage(): ThreadUsageCollector {
  const samples: { first?: Sample; last?: Sample; max: number } = { max: 0 };
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = (message) => {
    const sample = (message as { data: Sample }).data;
    samples.first ??= sample;
    samples.last = sample;
    samples.max = Math.max(samples.max, sample.heapBytes);
  };
  channel.unref();
  return {
    maxHeapBytes: () => samples.max,
    cpuMs: () => ((samples.last?.cpuMicros ?? 0) - (samples.first?.cpuMicros ?? 0)) / 1_000,
    stop: () => channel.close(),
  };
}
