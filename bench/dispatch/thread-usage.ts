import { getHeapStatistics } from 'node:v8';
import { BroadcastChannel } from 'node:worker_threads';

const CHANNEL = 'bench:dispatch';
const SAMPLE_MS = 20;

interface Sample {
  /** Used bytes of the thread's own heap, garbage included. */
  readonly heapBytes: number;
  /** CPU time of the thread, in microseconds. */
  readonly cpuMicros: number;
}

/** Publishes the usage of the calling thread until the thread ends. */
export function publishThreadUsage(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.unref();
  setInterval(() => {
    const { user, system } = process.threadCpuUsage();
    const sample: Sample = { heapBytes: getHeapStatistics().used_heap_size, cpuMicros: user + system };
    channel.postMessage(sample);
  }, SAMPLE_MS).unref();
}

/** The usage that a thread has published. */
interface ThreadUsageCollector {
  maxHeapBytes(): number;
  /** CPU time since the first sample. */
  cpuMs(): number;
  stop(): void;
}

/** Collects the usage of the thread that calls {@link publishThreadUsage}. */
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
