import Table from 'cli-table3';
import { readEntries } from '../cli/replay/recording/entries.ts';
import type { TextSource } from '../cli/replay/recording/text-source.ts';
import { formatCount } from './format-count.ts';

/*
 * Measures how long `escalator replay` needs to read a recording of 90 MB, and how much memory, in several forms. Each
 * form is read at a quarter of the size, too: linear time takes a quarter of it.
 */

const SIZE = 90 * 2 ** 20;

const event = (index: number) =>
  JSON.stringify({
    version: '0',
    id: `00000000-0000-0000-0000-${String(index).padStart(12, '0')}`,
    'detail-type': 'Amazon Connect Contact Event',
    source: 'aws.connect',
    account: '123456789012',
    time: '2026-11-23T10:00:05Z',
    region: 'eu-central-1',
    resources: [],
    detail: {
      eventType: 'QUEUED',
      contactId: `contact-${index}`,
      channel: 'VOICE',
      instanceArn: 'arn:aws:connect:eu-central-1:123456789012:instance/i',
      initiationMethod: 'INBOUND',
      queueInfo: {
        queueArn: 'arn:aws:connect:eu-central-1:123456789012:instance/i/queue/q',
        queueType: 'STANDARD',
        enqueueTimestamp: '2026-11-23T10:00:04.123Z',
      },
    },
  });

interface Form {
  readonly name: string;
  readonly before: string;
  readonly one: (index: number) => string;
  readonly between: string;
  readonly after: string;
}

const FORMS: readonly Form[] = [
  { name: 'JSON lines', before: '', one: event, between: '\n', after: '' },
  { name: 'one behind the other', before: '', one: event, between: '', after: '' },
  { name: 'a list in one line', before: '[', one: event, between: ',', after: ']' },
  {
    name: 'SQS messages in one line',
    before: '{"Messages":[',
    one: (index) => JSON.stringify({ Body: event(index) }),
    between: ',',
    after: ']}',
  },
  {
    name: 'Logs Insights results',
    before: '{"results":[',
    one: (index) => JSON.stringify([{ field: '@message', value: event(index) }]),
    between: ',',
    after: '],"status":"Complete"}',
  },
  {
    name: 'CSV',
    before: '@message\n',
    one: (index) => `"${event(index).replaceAll('"', '""')}"`,
    between: '\n',
    after: '',
  },
  { name: 'a text in one line', before: '"', one: () => 'x'.repeat(1_000), between: '', after: '"' },
  { name: 'open brackets', before: '', one: () => '['.repeat(1_000), between: '', after: '' },
];

function sourceOf({ name, before, one, between, after }: Form, size: number): TextSource {
  return {
    name,
    async *read() {
      yield before;
      let written = 0;
      for (let index = 0; written < size; ) {
        let chunk = '';
        for (; chunk.length < 2 ** 16; index++) chunk += (index === 0 ? '' : between) + one(index);
        written += chunk.length;
        yield chunk;
      }
      yield after;
    },
  };
}

async function measure(form: Form, size: number) {
  const startedAt = performance.now();
  let entries = 0;
  let peak = 0;
  for await (const _ of readEntries(sourceOf(form, size))) {
    entries += 1;
    if (entries % 1_000 === 0) peak = Math.max(peak, process.memoryUsage().heapUsed);
  }
  return { seconds: (performance.now() - startedAt) / 1_000, entries, peak };
}

const table = new Table({
  head: ['form', 'entries', 'seconds', 'x of a quarter', 'heap at most'],
  style: { head: [], border: [] },
});
await measure(FORMS[0] as Form, SIZE / 8);
for (const form of FORMS) {
  const quarter = await measure(form, SIZE / 4);
  const whole = await measure(form, SIZE);
  table.push([
    form.name,
    formatCount(whole.entries),
    whole.seconds.toFixed(1),
    (whole.seconds / quarter.seconds).toFixed(1),
    `${formatCount(Math.max(whole.peak, process.memoryUsage().heapUsed) / 2 ** 20)} MB`,
  ]);
}
console.log(table.toString());
console.log(`Node ${process.version}, one core, ${SIZE / 2 ** 20} MB each.`);
