import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cli, directoryWith } from '../support/run-cli.ts';
import { at, eventsOf, linesOf } from './fixture.ts';

/* Forms in which people have recordings. */

const FIXTURES = join(import.meta.dirname, '../../fixtures/recordings');

const EVENTS = eventsOf({ contactId: 'g1', queuedAt: 10, connectedAt: 200 });
const [QUEUED, CONNECTED] = EVENTS as [{ detail: object }, { detail: object }];
const OVERRIDE = { type: 'override', instanceId: 'i-1', contactId: 'g1', set: { priority: 2 } };

const json = JSON.stringify;
const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64');
const texts = EVENTS.map((one) => json(one));
const csvField = (text: string) => `"${text.replaceAll('"', '""')}"`;
const sns = (text: string) => ({ Type: 'Notification', MessageId: 'm', Timestamp: at(12), Message: text });
const logEvents = {
  messageType: 'DATA_MESSAGE',
  owner: '123456789012',
  logGroup: '/aws/events/connect',
  logStream: 's',
  subscriptionFilters: ['f'],
  logEvents: texts.map((message, index) => ({ id: String(index), timestamp: Date.parse(at(12)), message })),
};
const control = {
  ...logEvents,
  messageType: 'CONTROL_MESSAGE',
  logEvents: [{ message: 'CWL CONTROL MESSAGE' }],
};

/** A value as DynamoDB writes it. */
function typed(value: unknown): object {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value === null || value === undefined) return { NULL: true };
  if (Array.isArray(value)) return { L: value.map(typed) };
  return { M: Object.fromEntries(Object.entries(value).map(([name, member]) => [name, typed(member)])) };
}

/** An event with names such as `detail.queueInfo.queueArn`, and no objects. */
function flattened(event: object): object {
  const entries = (value: unknown, name: string): [string, unknown][] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).flatMap(([key, member]) =>
          entries(member, name === '' ? key : `${name}.${key}`),
        )
      : [[name, value]];
  return Object.fromEntries(entries(event, ''));
}

/** An object with its objects as strings, as tables and CSV files have them. */
function withStrings(object: object): object {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name, typeof value === 'object' ? json(value) : value]),
  );
}

const codesOf = (space: string) =>
  [...space].map((one) => `U+${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`).join(' ');
const pretty = (indent: number) => EVENTS.map((one) => json(one, null, indent)).join('\n');
const withSpaces = (space: string) =>
  texts.map((text) => text.replaceAll(/("(?:[^"\\]|\\.)*"|[:,{}])/g, `$1${space}`)).join('\n');

let files: ReturnType<typeof directoryWith>;

beforeAll(() => {
  files = directoryWith({
    'set/all.yaml': 'steps:\n  - after: 30s\n    set: { priority: 1 }\n',
  });
});
afterAll(() => files.remove());

function write(name: string, content: string | Uint8Array): string {
  const path = join(files.path, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return name;
}

async function replayed(...paths: string[]) {
  const { code, out, err } = await cli(['replay', ...paths, '--policies', 'set', '--json'], {
    cwd: files.path,
  });
  const result = code === 0 ? JSON.parse(out) : undefined;
  return {
    code,
    err,
    recording: result?.recording,
    made: result?.sets[0].escalations.map((one: { madeAt: string; contactId: string; to: object }) => [
      one.contactId,
      one.madeAt,
      one.to,
    ]),
  };
}

/** What a complete reading of the two events leads to. */
const COMPLETE = {
  code: 0,
  err: '',
  made: [['g1', at(40), { priority: 1 }]],
  recording: expect.objectContaining({ entries: 2, events: 2, problems: 0 }),
};

describe('the recordings of people', () => {
  test.each(readdirSync(FIXTURES))('%s', async (name) => {
    const { code, err, recording } = await replayed(join(FIXTURES, name));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(recording).toMatchObject({ entries: 2, events: 2, problems: 0, contacts: 1, queued: 1 });
  });
});

describe('escalator replay reads', () => {
  const forms: Record<string, string | Uint8Array> = {
    'lines with blank lines between them': `\n\n${texts.join('\n\n  \n')}\n`,
    'objects one behind the other': texts.join(''),
    'objects with commas between them': texts.join(','),
    'the rest of a list that was cut': `${texts.join(',\n')}\n]`,
    'a list with a comma too many': `[${texts.join(',')},]`,
    'a JSON text sequence': texts.map((text) => `\u001e${text}\n`).join(''),
    'pretty-printed objects': EVENTS.map((one) => json(one, null, 2)).join('\n'),
    'pretty-printed objects without indentation': EVENTS.map((one) =>
      json(one, null, 1).replaceAll(/^ +/gm, ''),
    ).join('\n'),
    ...Object.fromEntries(
      ['\u00a0', '\u202f', '\u3000', '\u2009\u200b', '\ufeff', '\v\f', '\u2028', '\u0085'].flatMap(
        (space) => [
          [`pretty-printed objects with ${codesOf(space)} as indentation`, pretty(2).replaceAll('  ', space)],
          [`objects with ${codesOf(space)} between their tokens`, withSpaces(space)],
        ],
      ),
    ),
    'objects in the detail as strings': json(
      EVENTS.map((one) => ({ ...one, detail: withStrings((one as typeof QUEUED).detail) })),
    ),
    'details without their envelopes and with objects as strings': linesOf(
      ...EVENTS.map((one) => withStrings((one as typeof QUEUED).detail)),
    ),
    'a list of strings': json(texts),
    'strings, one a line': texts.map((text) => json(text)).join('\n'),
    'a string of a string of a list of strings': json(json(json(texts))),
    'a list of lists': json([[QUEUED], [[CONNECTED]]]),
    'details without their envelopes': linesOf(
      ...EVENTS.map(({ detail }: { detail?: object }) => detail ?? {}),
    ),
    'envelopes without a detail-type': json(EVENTS.map((one) => ({ ...one, 'detail-type': undefined }))),
    'names in lower case, as Athena writes them': json(
      EVENTS.map((one) => JSON.parse(json(one).replaceAll(/"([\w-]+)":/g, (name) => name.toLowerCase()))),
    ),
    'details as strings, as PutEvents takes them': json({
      Entries: EVENTS.map(({ detail }: { detail?: object }) => ({
        Source: 'aws.connect',
        DetailType: 'Amazon Connect Contact Event',
        Detail: json(detail),
      })),
    }),
    'items of DynamoDB, with their types': json({
      Items: EVENTS.map((one) => (typed(one) as { M: object }).M),
    }),
    'an export of DynamoDB': linesOf(
      ...EVENTS.map((one) => ({ Item: { pk: { S: 'x' }, event: typed(one) } })),
    ),
    'SQS messages': json({ Messages: texts.map((Body) => ({ MessageId: 'm', Body })) }),
    'SNS messages in SQS messages': json({ Messages: texts.map((text) => ({ Body: json(sns(text)) })) }),
    'SQS records of Lambda': json({ Records: texts.map((body) => ({ eventSource: 'aws:sqs', body })) }),
    'SNS records of Lambda': json({
      Records: texts.map((text) => ({ EventSource: 'aws:sns', Sns: sns(text) })),
    }),
    'Kinesis records of Lambda': json({
      Records: texts.map((text) => ({ eventSource: 'aws:kinesis', kinesis: { data: base64(text) } })),
    }),
    'Kinesis get-records': json({
      Records: texts.map((text) => ({ Data: base64(text) })),
      NextShardIterator: 'A',
    }),
    'Firehose records of Lambda': json({ records: texts.map((text) => ({ data: base64(`${text}\n`) })) }),
    'a CloudWatch Logs subscription of Lambda': json({
      awslogs: { data: base64(gzipSync(json(logEvents))) },
    }),
    'a CloudWatch Logs subscription': json(control) + json(logEvents),
    'a CloudWatch Logs subscription in Kinesis records': json({
      Records: [control, logEvents].map((one) => ({ kinesis: { data: base64(gzipSync(json(one))) } })),
    }),
    'base64, one a line': `${texts.map((text) => base64(text)).join('\n')}\n`,
    'events on another bus by EventBridge Pipes': json(
      texts.map((body) => ({
        'detail-type': 'Event from aws:sqs',
        time: at(12),
        detail: { messageId: 'm', body },
      })),
    ),
    'failed events of a Lambda destination': json(
      EVENTS.map((one) => ({ version: '1.0', requestContext: { condition: 'x' }, requestPayload: one })),
    ),
    'aws logs get-query-results': json({
      results: texts.map((text) => [
        { field: '@timestamp', value: '2026-11-23 10:00:12.000' },
        { field: '@message', value: text },
      ]),
      status: 'Complete',
    }),
    'Logs Insights, exported as JSON': json(
      texts.map((text) => ({ '@timestamp': '2026-11-23 10:00:12.000', '@message': text })),
    ),
    'Logs Insights, exported as JSON with messages as objects': json(
      EVENTS.map((one) => ({ '@timestamp': '2026-11-23 10:00:12.000', '@message': one })),
    ),
    'Logs Insights, exported as CSV': `@timestamp,@message\n${texts
      .map((text) => `2026-11-23 10:00:12.000,${csvField(text)}\n`)
      .join('')}`,
    'CSV with all fields quoted and Windows ends': `"@message","@ptr"\r\n${texts
      .map((text) => `${csvField(text)},"x"\r\n`)
      .join('')}`,
    'CSV with pretty-printed JSON': `id;event\n${EVENTS.map((one) => `1;${csvField(json(one, null, 2))}\n`).join('')}`,
    'CSV with backslashes before quotes': `a,message\n${texts.map((text) => `1,${json(text)}\n`).join('')}`,
    'tab-separated columns': `time\tevent\n${texts.map((text) => `${at(12)}\t${text}\n`).join('')}`,
    'aws logs tail --format detailed': texts
      .map((text) => `2026-11-23T10:00:12.123000+00:00 stream-1 ${text}\n`)
      .join(''),
    'aws logs tail with colours': texts.map((text) => `\u001b[32m${at(12)}\u001b[0m s ${text}\n`).join(''),
    'aws logs filter-log-events --output text': texts
      .map((text) => `EVENTS\t3919\t1763892012000\ts\t${text}\t1763892012000\n`)
      .join(''),
    'log lines of an application': texts
      .map((text) => `[main] [4711] INFO {ctx} got: ${text} in 3 ms\n`)
      .join(''),
    'lists of one object a line': `[\n${texts.join(',\n')}\n]\n`,
    'UTF-8 with byte order marks': `\ufeff${texts.join('\n\ufeff')}`,
    'UTF-16 of Windows PowerShell': Buffer.from(`\ufeff${texts.join('\r\n')}`, 'utf16le'),
    'UTF-16 without a byte order mark': Buffer.from(texts.join('\n'), 'utf16le'),
    'big-endian UTF-16': Buffer.from(`\ufeff${texts.join('\n')}`, 'utf16le').swap16(),
    'gzip members one behind the other': Buffer.concat(texts.map((text) => gzipSync(text))),
    'gzip in gzip': gzipSync(Buffer.concat([control, logEvents].map((one) => gzipSync(json(one))))),
    'an object with much around its list': json({
      a: { b: [1, 'x', null], c: { d: { e: EVENTS } } },
      z: true,
    }),
    'JSON copied from within a string': texts.map((text) => json(text).slice(1, -1)).join('\n'),
    'objects with names for keys': json(
      Object.fromEntries(EVENTS.map((one, index) => [`event ${index}`, one])),
    ),
    'lines with colours, as jq -C writes them': texts
      .map((text) => text.replaceAll(/"([\w-]+)":/g, '\u001b[34;1m"$1"\u001b[0m\u001b[1;39m:'))
      .join('\n'),
    'names with dots, as OpenSearch has them': linesOf(...EVENTS.map(flattened)),
    'a table with a column of resources': [
      'time,resources,detail,tags',
      ...EVENTS.map((one) => {
        const { time, detail } = one as { time: string; detail: object };
        return [time, csvField('["arn:a","arn:b"]'), csvField(json(detail)), csvField('["c"]')].join(',');
      }),
    ].join('\n'),
    'an object in 60 lists': '['.repeat(60) + texts.join(',') + ']'.repeat(60),
  };
  test.each(Object.keys(forms))('%s', async (name) => {
    const file = write('recording', forms[name] as string | Uint8Array);
    const { recording, ...others } = await replayed(file);
    expect({ ...others, recording }).toEqual(COMPLETE);
  });

  const messageForms: Record<string, (text: string) => string> = {
    'aws logs tail --format short': (text) => `2026-11-23T10:00:12 ${text}\n`,
    'aws logs tail --format json': (text) => `${at(12)} s\n${json(JSON.parse(text), null, 4)}\n`,
    'a Logs Insights export': (text) => `@timestamp,@message\n2026-11-23 10:00:12.000,${csvField(text)}\n`,
    'a row of get-query-results': (text) =>
      json({
        results: [
          [
            { field: '@timestamp', value: '2026-11-23 10:00:12.000' },
            { field: '@message', value: text },
          ],
        ],
      }),
    'a log event': (text) => json({ events: [{ timestamp: Date.parse(at(12)), message: text }] }),
    'an SNS message': (text) => json(sns(text)),
    'an SQS message': (text) =>
      json({ Messages: [{ Body: text, Attributes: { SentTimestamp: String(Date.parse(at(12))) } }] }),
    'a Kinesis record': (text) =>
      json({
        Records: [
          { kinesis: { data: base64(text), approximateArrivalTimestamp: Date.parse(at(12)) / 1_000 } },
        ],
      }),
  };
  test.each(Object.keys(messageForms))('a rule message at the time of %s', async (name) => {
    const message = messageForms[name]?.(json(OVERRIDE)) ?? '';
    const { made, err } = await replayed(write('message', message), write('events', linesOf(...EVENTS)));
    expect({ made, err }).toEqual({ made: [['g1', at(12), { priority: 2 }]], err: '' });
  });

  test('a folder with all files below it, and says what it passed over', async () => {
    write('lake/2026/11/a.gz', gzipSync(linesOf(QUEUED)));
    write('lake/2026/11/b', linesOf(CONNECTED));
    write('lake/2026/.hidden.json', linesOf(QUEUED));
    write('lake/2026/empty', '');
    write('lake/2026/part.parquet', 'PAR1\u0000\u0000');
    write('lake/aws-logs-write-test', 'Permission Check Successful');
    symlinkSync('..', join(files.path, 'lake/2026/loop'));
    const { err, ...result } = await replayed('lake');
    expect(err).toBe(
      'lake/2026/part.parquet is a Parquet file, which replay does not read; convert it, for example: duckdb -c "COPY ' +
        "(SELECT * FROM 'lake/2026/part.parquet') TO '/dev/stdout' (FORMAT json)\" | escalator replay - …\n" +
        'lake/aws-logs-write-test:1: The line is not JSON: "Permission Check Successful"; expected one JSON object per ' +
        'line.\n',
    );
    expect(result).toMatchObject({ code: 0, made: COMPLETE.made, recording: { events: 2, problems: 2 } });
  });

  test('a pipe, which can be read once only', async () => {
    const path = join(files.path, 'pipe');
    execFileSync('mkfifo', [path]);
    const writing = writeFile(path, linesOf(...EVENTS));
    const { recording, ...others } = await replayed('pipe');
    await writing;
    expect({ ...others, recording }).toEqual(COMPLETE);
  });

  test('an empty path, as of a variable without a value, as a usage error', async () => {
    expect(await replayed('')).toMatchObject({
      code: 2,
      err: 'escalator: The path is empty. Write . for the current directory.\n',
    });
  });

  test('an empty folder as a usage error', async () => {
    mkdirSync(join(files.path, 'nothing'));
    expect(await replayed('nothing')).toMatchObject({
      code: 2,
      err: 'escalator: nothing has no file; expected a folder with recordings.\n',
    });
  });
});

describe('escalator replay reports in one line for each reason', () => {
  test('lines that are not JSON', async () => {
    const noise = Array.from({ length: 47 }, (_, index) => `START RequestId: ${index}\n`).join('');
    const { err, ...result } = await replayed(write('noisy', noise + linesOf(...EVENTS) + noise));
    expect(result).toMatchObject({ code: 0, made: COMPLETE.made, recording: { entries: 96, problems: 94 } });
    expect(err).toBe(
      'noisy:1: The line is not JSON: "START RequestId: 0"; expected one JSON object per line. The same holds for 93 ' +
        'other entries.\n',
    );
    expect(result.recording.problemExamples).toEqual([
      { where: 'noisy:1', message: expect.stringContaining('"START RequestId: 0"'), count: 94 },
    ]);
  });

  test('members of a list without an event', async () => {
    const list = json({
      events: [...texts, 'REPORT x', 'REPORT y'].map((message) => ({ timestamp: 1, message })),
    });
    const { err, ...result } = await replayed(write('list', list));
    expect(result).toMatchObject({ code: 0, made: COMPLETE.made, recording: { entries: 4, problems: 2 } });
    expect(err).toBe('list:1: Its message is not JSON: "REPORT x". The same holds for 1 other entry.\n');
  });

  test.each([
    ['cut after a colon', (text: string) => text.slice(0, text.indexOf(':{') + 1)],
    ['cut in a name', (text: string) => text.slice(0, 20)],
    ['cut in a text', (text: string) => text.slice(0, 40)],
    ['cut after a comma', (text: string) => text.slice(0, text.indexOf(',') + 1)],
    ['cut after its detail', (text: string) => text.slice(0, -1)],
    ['with a bracket too many', (text: string) => text.replace('{"eventType', '[{"eventType')],
  ])('a line %s, and reads all others', async (_, cut) => {
    const { err, ...result } = await replayed(
      write('cut', [texts[0], cut(texts[0] ?? ''), texts[1], cut(texts[1] ?? '')].join('\n')),
    );
    expect(err).toMatch(/^cut:2: The line is not JSON: "\{[^\n]*\n$/);
    expect(result).toMatchObject({
      code: 0,
      made: COMPLETE.made,
      recording: { entries: 4, events: 2, problems: 2 },
    });
  });

  test('gzip data that ends early, and reads all that is whole', async () => {
    const filler = Array.from({ length: 500 }, (_, index) => json({ ...QUEUED, id: `copy ${index}` }));
    const whole = gzipSync([...texts, ...filler].join('\n'));
    const { err, ...result } = await replayed(write('cut.gz', whole.subarray(0, whole.length - 12)));
    expect(err).toBe(
      'cut.gz: The gzip data ends early or is damaged (unexpected end of file): only what comes before was read.\n',
    );
    expect(result).toMatchObject({ code: 0, made: COMPLETE.made, recording: { problems: 1 } });
    expect(result.recording.events).toBeGreaterThan(490);
  });

  test('damage behind the first gzip member, and reads all that is whole', async () => {
    const damaged = Buffer.concat([gzipSync(texts.join('\n')), Buffer.from('no gzip')]);
    const { err, ...result } = await replayed(write('mixed.gz', damaged));
    expect(err).toBe(
      'mixed.gz: The gzip data ends early or is damaged (incorrect header check): only what comes before was read.\n',
    );
    expect(result).toMatchObject({ code: 0, made: COMPLETE.made, recording: { events: 2, problems: 1 } });
  });

  test('letters that are not in UTF-8, and reads the rest', async () => {
    const latin1 = Buffer.from(texts.join('\n').replace('"g1"', '"g1","agent":"Müller"'), 'latin1');
    const convert = (file: string) => `iconv -f windows-1252 -t utf-8 ${file} | escalator replay - …\n`;
    const sentence = 'The text is not in UTF-8, so letters in it are lost; convert it, for example: ';
    const plain = await replayed(write('excel.csv', latin1));
    expect(plain.err).toBe(`excel.csv: ${sentence}${convert('excel.csv')}`);
    expect(plain).toMatchObject({ code: 0, made: COMPLETE.made, recording: { events: 2, problems: 1 } });
    const zipped = await replayed(write('excel.gz', gzipSync(latin1)));
    expect(zipped.err).toBe(`excel.gz: ${sentence}${convert('<(gzip -dc excel.gz)')}`);
  });

  test('no letters as lost that were lost before, nor those between two chunks', async () => {
    const text = texts.join('\n').replace('"g1"', `"g1","agent":"M\ufffd${'ü€'.repeat(50_000)}"`);
    expect(await replayed(write('lost.jsonl', Buffer.from(text)))).toMatchObject({ code: 0, err: '' });
  });

  test('objects as Python prints them, although they contain empty lists', async () => {
    const { code, err } = await replayed(
      write('printed', "{'version': '0', 'resources': [], 'detail': {}}\n"),
    );
    expect(code).toBe(2);
    expect(err).toContain('printed has no contact event to replay: of 1 entry, 1 not readable.');
  });

  test.each([
    ["{'version': '0', 'resources': []}", 'Python printed it: print json.dumps(event) instead.'],
    [
      "{\n  version: '0',\n  id: 'x',\n  'detail-type': 'a',\n  detail: {\n    b: 'c'\n  }\n}",
      'JSON.stringify(event)',
    ],
    ["- version: '0'\n  detail:\n    eventType: QUEUED", 'It is YAML: yq -o json'],
    [(texts[0] ?? '').replaceAll('"', '&quot;'), 'It is written for HTML'],
    [(texts[0] ?? '').replaceAll('"', '“'), 'typographic quotes'],
    [
      base64(gzipSync(texts.join('\n'))).replaceAll(/.{76}/g, '$&\n'),
      'base64 -d FILE | escalator replay - …',
    ],
    [
      '{version=0, detail={eventType=QUEUED}}',
      'Athena printed a struct: select json_format(CAST(detail AS JSON))',
    ],
    [Buffer.from(texts[0] ?? '').toString('hex'), 'xxd -r -p'],
    [encodeURIComponent(texts[0] ?? ''), 'jq -Rr @urid'],
    [
      json({ AWSContactTraceRecordFormatVersion: '2017-03-10', ContactId: 'c', InitiationTimestamp: at(1) }),
      'This is a contact record, which Connect writes when a contact is over, and no contact event: record the',
    ],
  ])('what it cannot read, with a way to convert it: %#', async (text, expected) => {
    const { code, err } = await replayed(write('foreign', `${text}\n`));
    expect(code).toBe(2);
    expect(err).toContain(expected);
  });

  test.each([
    [
      { AgentARN: 'a', CurrentAgentSnapshot: {}, EventType: 'STATE_CHANGE', InstanceARN: 'i' },
      'This is an agent event, which Connect streams of agents, and',
    ],
    [
      {
        Version: '1.0.0',
        ContactId: 'c',
        InstanceId: 'i',
        EventType: 'SEGMENTS',
        Segments: [{ Transcript: {} }],
      },
      'This is a Contact Lens segment, which Connect streams of a conversation, and',
    ],
    [
      { CustomerMetadata: { ContactId: 'c' }, ConversationCharacteristics: {}, Transcript: [] },
      'This is a Contact Lens analysis, which Connect writes of a conversation, and',
    ],
    [
      { ContactId: 'c', ContactFlowId: 'f', ContactFlowModuleType: 'SetQueue', Timestamp: at(1) },
      'This is a flow log, which Connect writes of the blocks of a flow, and',
    ],
    [
      { eventSource: 'connect.amazonaws.com', eventName: 'StopContact', eventTime: at(1), userIdentity: {} },
      'This is a CloudTrail record, which AWS writes of an API call, and',
    ],
    [
      { ParticipantId: 'p', ContentType: 'text/plain', Type: 'MESSAGE', Content: 'x' },
      'This is an entry of a chat transcript, which Connect writes of a conversation, and',
    ],
    [
      { Contact: { Id: 'c', QueueInfo: { Id: 'q' } } },
      'This is the answer of DescribeContact or SearchContacts, which shows one moment, and',
    ],
    [
      { topicName: 'v2.routing.queues.q.conversations', eventBody: { id: 'c' } },
      'This is no contact event of Amazon Connect: it has no detail,',
    ],
    [
      { EventType: 'task.created', TaskSid: 'WT1' },
      'This is no contact event of Amazon Connect: it has no detail,',
    ],
  ])('records of other streams and systems, among the events: %#', async (record, expected) => {
    const { err, ...result } = await replayed(
      write('streams', [json(record), ...texts, json(record)].join('\n')),
    );
    expect(err).toMatch(
      new RegExp(`^streams:1: ${expected} .*instead\\. The same holds for 1 other entry\\.\n$`),
    );
    expect(result).toMatchObject({ code: 0, made: COMPLETE.made, recording: { events: 2, problems: 2 } });
  });

  test('an event beyond the limit, which it skips', async () => {
    const huge = {
      ...QUEUED,
      detail: { ...QUEUED.detail, contactId: 'huge', attributes: 'x'.repeat(2 ** 21) },
    };
    const { err, ...result } = await replayed(write('huge', json({ Messages: [QUEUED, huge, CONNECTED] })));
    expect(err).toBe(
      `huge:1:${json({ Messages: [QUEUED] }).length}: This value is longer than 1 MB and was skipped: an event has at ` +
        'most 1 MB.\n',
    );
    expect(result).toMatchObject({
      code: 0,
      made: COMPLETE.made,
      recording: { entries: 3, events: 2, contacts: 1 },
    });
  });
});

describe('escalator replay names what it cannot read in one sentence', () => {
  test.each([
    ['a.zst', '\u0028\u00b5\u002f\u00fd', 'is a Zstandard file', 'zstd -dc a.zst'],
    ['a.zip', 'PK\u0003\u0004', 'is a zip archive', 'unzip -p a.zip'],
    [
      'a.json',
      'PAR1',
      'is a Parquet file',
      "duckdb -c \"COPY (SELECT * FROM 'a.json') TO '/dev/stdout' (FORMAT json)\"",
    ],
    ['a.avro', 'Obj\u0001', 'is an Avro file', 'avro-tools tojson a.avro'],
    ['my calls.zip', 'PK\u0003\u0004', 'is a zip archive', "unzip -p 'my calls.zip'"],
    [
      'a.txt',
      '\u00ff\u00fe\u0000\u0000{\u0000\u0000\u0000',
      'is a text in UTF-32',
      'iconv -f UTF-32 -t UTF-8 a.txt',
    ],
    [
      'b.txt',
      '{\u0000\u0000\u0000"\u0000\u0000\u0000',
      'is a text in UTF-32',
      'iconv -f UTF-32LE -t UTF-8 b.txt',
    ],
    ['c.txt', '{"a":1}\u0000{"a":2}\u0000', 'is a text with zero bytes', "tr '\\0' '\\n' < c.txt"],
    ['a.bin', '\u0001\u0002\u0000\u0003\u0000', 'is a binary file', 'strings a.bin'],
  ])('%s', async (name, bytes, is, convert) => {
    const { code, err } = await replayed(write(name, Buffer.from(bytes, 'latin1')));
    expect({ code, err }).toEqual({
      code: 2,
      err: `escalator: ${name} ${is}, which replay does not read; convert it, for example: ${convert} | escalator replay - …\n`,
    });
  });

  test('an archive inside gzip', async () => {
    const tar = Buffer.alloc(1_024);
    tar.write('ustar', 257);
    const { code, err } = await replayed(write('a.tgz', gzipSync(tar)));
    expect({ code, err }).toEqual({
      code: 2,
      err:
        'escalator: a.tgz is a tar archive inside gzip, which replay does not read; convert it, for example: ' +
        'tar -xOf <(gzip -dc a.tgz) | escalator replay - …\n',
    });
  });
});

test('the copy of a fixture has the events of the field', () => {
  expect(readFileSync(join(FIXTURES, 'firehose.json'), 'utf8').match(/"eventType"/g)).toHaveLength(2);
});

test('zlib data, with a command that unpacks it', async () => {
  const file = write('a.zz', deflateSync(texts.join('\n')));
  const { code, err } = await replayed(file);
  expect(code).toBe(2);
  expect(err).toContain('a.zz is zlib data');
  const [, command = ''] = /for example: (.*) \| escalator/.exec(err) ?? [];
  expect(execFileSync('sh', ['-c', command], { cwd: files.path, encoding: 'utf8' })).toBe(texts.join('\n'));
});

test('a colour that is cut between two chunks is no part of a text', async () => {
  const long = `${' '.repeat(2 ** 16 - 2)}\u001b[31m${texts.join('\u001b[0m\n')}`;
  const { recording } = await replayed(write('long', long));
  expect(recording).toMatchObject({ events: 2, problems: 0 });
});

test('a no-break space in a string stays as it is', async () => {
  const detail = { ...(QUEUED as { detail: object }).detail, tags: { tier: 'very\u00a0good' } };
  const text = json({ ...QUEUED, detail }).replaceAll('":', '":\u00a0');
  const { out } = await cli(['replay', '-', '--policies', 'set', '--tier-tag', 'tier', '--json'], {
    cwd: files.path,
    stdin: linesOf(JSON.parse(json(CONNECTED))) + text,
  });
  expect(JSON.parse(out).sets[0].escalations[0].tier).toBe('very\u00a0good');
});

describe('events of which each line is an entry are refused with a command that works', () => {
  const lines = pretty(2).split('\n');
  const csv = lines.map((line) => `2026-11-23 10:00:12.000,${csvField(line)}\n`).join('');
  test.each<[name: string, content: string]>([
    ['docker.log', linesOf(...lines.map((line) => ({ log: `${line}\n`, stream: 'stdout' })))],
    ['journal.json', linesOf(...lines.map((line) => ({ MESSAGE: line, _PID: '1' })))],
    ['filtered.json', json({ events: lines.map((message) => ({ eventId: '1', message })) })],
    [
      'list.json',
      json(
        lines.map((message) => ({ '@message': message })),
        null,
        1,
      ),
    ],
    ['rows.json', json({ results: lines.map((value) => [{ field: '@message', value }]) })],
    ['rows.csv', `@timestamp,@message\n${csv}`],
  ])('%s', async (name, content) => {
    const file = write(name, content);
    const { code, err } = await replayed(file);
    expect(code).toBe(2);
    const [, command = ''] =
      /Each (?:log entry|row) has one line of an event: (.*) \| escalator replay - …/.exec(err) ?? [];
    const inner = execFileSync('sh', ['-c', command.replace('FILE', name)], {
      cwd: files.path,
      encoding: 'utf8',
    });
    expect(await replayed(write('converted', inner))).toEqual(COMPLETE);
  });
});
