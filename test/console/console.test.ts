import { type AddressInfo, connect as connectTo, createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { AwsError } from '../../cli/errors.ts';
import { type ConsoleServer, startConsole } from '../../cli/watch/console-server.ts';
import { ROW_PX } from '../../console/contacts/row-range.ts';
import { MemoryReader } from '../../scripts/console/memory-reader.ts';
import {
  dueRecord,
  type MadeUpContact,
  type Order,
  waitingRecord,
} from '../../scripts/console/waiting-contacts.ts';
import { describeInBrowser } from '../support/chromium.ts';
import { atSecond, INSTANCE, QUEUE_ARN, T0 } from '../support/contacts.ts';

const POLICIES = {
  ladder: {
    precedence: 10,
    match: { tags: { tier: ['gold'] } },
    steps: [
      { after: '0s', set: { priority: 3 } },
      { after: '5m', set: { priority: 1 } },
    ],
  },
  target: { precedence: 20, match: { tags: { tier: ['silver'] } }, target: '1m' },
};
const SALES_ARN = QUEUE_ARN.replace('q-1', 'q-2');

/** A text that would run a script if it were taken for HTML. */
const HOSTILE = '<img src=x onerror="document.title=1">"\'&<b>';

/** A deployment with the contacts of a test. */
function deployment(): MemoryReader {
  const reader = new MemoryReader(atSecond(90), { policies: POLICIES, since: T0 }, [INSTANCE]);
  reader.queueNames.set('q-1', 'Billing');
  reader.queueNames.set('q-2', 'Sales');
  return reader;
}

function enter(
  reader: MemoryReader,
  contactId: string,
  second: number,
  rest: Partial<MadeUpContact> = {},
): void {
  const contact = {
    instanceId: INSTANCE,
    contactId,
    queueArn: QUEUE_ARN,
    enqueuedAt: atSecond(second),
    ...rest,
  };
  reader.put(waitingRecord(contact, reader.context, reader.at));
}

function override(contactId: string, second: number, rest: Partial<Order> = {}): Order {
  return {
    type: 'override',
    id: `o-${contactId}`,
    instanceId: INSTANCE,
    contactId,
    at: atSecond(second),
    set: { priority: 1 },
    actor: 'ann',
    reason: 'an outage',
    ...rest,
  } as Order;
}

/** A text with any white space, or none, between its words, as a browser gives that of several elements. */
function spaced(text: string): RegExp {
  const words = text.split(' ').map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${words.join('\\s*')}$`);
}

/** Forwards to the console, until the connection is cut. */
class Line {
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;

  async open(to: number): Promise<number> {
    const server = createServer((socket) => {
      const onward = connectTo(to, '127.0.0.1');
      for (const end of [socket, onward]) {
        this.#sockets.add(end);
        end.on('error', () => {});
        end.on('close', () => this.#sockets.delete(end));
      }
      socket.pipe(onward).pipe(socket);
    });
    this.#server = server;
    await new Promise<void>((listening) => server.listen(this.#port, '127.0.0.1', listening));
    this.#port = (server.address() as AddressInfo).port;
    return this.#port;
  }

  cut(): void {
    this.#server?.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}

describeInBrowser('the console', (browser) => {
  const closing: (() => unknown)[] = [];
  const errors: string[] = [];
  const foreign: string[] = [];
  /** Pages that a test has opened. Those of `beforeAll` stay for the tests that share them. */
  const opened: Page[] = [];
  beforeEach(() => {
    opened.length = 0;
  });
  afterEach(async () => {
    for (const page of opened) await page.context().close();
  });
  afterAll(async () => {
    for (const close of closing) await close();
  });

  async function serve(reader: MemoryReader): Promise<ConsoleServer> {
    const server = await startConsole(reader, { port: 0, every: 0.1 });
    closing.push(() => server.close());
    return server;
  }

  async function open(url: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser().newContext({
      viewport: { width: 1_280, height: 720 },
      timezoneId: 'Europe/Berlin',
      locale: 'en-GB',
      ...options,
    });
    const page = await context.newPage();
    opened.push(page);
    page.setDefaultTimeout(60_000);
    page.on('pageerror', ({ message }) => errors.push(message));
    page.on('console', (message) => errors.push(message.text()));
    page.on('request', (request) => {
      if (!request.url().startsWith('http://127.0.0.1:')) foreign.push(request.url());
    });
    await page.goto(url);
    return page;
  }

  const rowsOf = (page: Page) => page.getByRole('grid').locator('tr.row');
  const contactsOf = (page: Page) => rowsOf(page).locator('.c-contact').allInnerTexts();

  /** Waits until the page shows something. */
  async function until<T>(read: () => Promise<T>, expected: T): Promise<void> {
    let found = await read();
    for (
      const end = Date.now() + 60_000;
      JSON.stringify(found) !== JSON.stringify(expected) && Date.now() < end;
    ) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      found = await read();
    }
    expect(found).toEqual(expected);
  }

  describe('with a few who wait', () => {
    const reader = deployment();
    let page: Page;
    beforeAll(async () => {
      enter(reader, 'plain', 0);
      enter(reader, 'gold', 60, { tags: { tier: 'gold' } });
      enter(reader, 'silver', 10, { tags: { tier: 'silver' } });
      enter(reader, 'sales', 80, { queueArn: SALES_ARN });
      page = await open((await serve(reader)).url);
    });

    test('shows them queue by queue, in the order in which Connect answers', async () => {
      await until(() => contactsOf(page), ['silver', 'plain', 'gold', 'sales']);
      const gold = rowsOf(page).filter({ hasText: 'gold' });
      await until(
        () => gold.locator('td').allInnerTexts(),
        [
          '3',
          'Billing',
          'gold',
          'VOICE',
          'gold',
          '30s',
          '5 → 3',
          '0s',
          'ladder, 1',
          '–',
          'priority 1 in 4m30s',
          '–',
        ],
      );
      expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('5');
      expect(await page.title()).toBe('4 waiting – connect-escalator');
    });

    test('shows the queues, how late who is, and the state of calls', async () => {
      const billing = page.locator('.queues tbody').filter({ hasText: 'Billing' });
      expect(await billing.locator('tr').first().textContent()).toBe('Billing31m30s0');
      expect(await page.locator('.top').textContent()).toContain('Calls to Connectmadeat most 18 a second');
      expect(await rowsOf(page).filter({ hasText: 'silver' }).locator('.c-target').textContent()).toBe(
        'late 20s',
      );
      expect(await page.locator('.alarm').textContent()).toBe('');
    });

    test('moves a contact as its update takes effect, and as it is overridden', async () => {
      reader.at = atSecond(125);
      await until(() => contactsOf(page), ['gold', 'silver', 'plain', 'sales']);
      enter(reader, 'plain', 0, { messages: [override('plain', 50)] });
      await until(() => contactsOf(page), ['plain', 'gold', 'silver', 'sales']);
      const held = rowsOf(page).filter({ hasText: 'plain' }).locator('.c-held');
      expect(await held.textContent()).toBe('overridden by ann');
      expect(await held.locator('span').getAttribute('title')).toBe('overridden by ann: an outage');
    });

    test('says at once that calls are stopped, since when and why, and who did it', async () => {
      const pause = {
        since: atSecond(100),
        value: { who: 'bob', at: '2026-11-23T10:01:40Z', reason: 'a fault' },
      };
      const { configuration } = reader;
      reader.configuration = { ...configuration, pause };
      await until(
        () => page.locator('.alarm').textContent(),
        'Calls are STOPPED. The parameter pause has stopped all calls since 2026-11-23T10:01:40Z: bob wrote it, for the reason "a fault".',
      );
      expect(await page.title()).toContain('CALLS STOPPED');
      reader.configuration = configuration;
      await until(() => page.locator('.alarm').textContent(), '');
    });

    test('says that a look has failed, and shows what was read before', async () => {
      reader.failure = new AwsError('The table Contacts cannot be read: AccessDenied.');
      await page.getByText('The table Contacts cannot be read: AccessDenied.').waitFor();
      expect(await contactsOf(page)).toHaveLength(4);
      reader.failure = undefined;
      await page.getByText('The table Contacts cannot be read').waitFor({ state: 'detached' });
    });

    test('can be used with the keyboard alone', async () => {
      await page.keyboard.press('/');
      await page.keyboard.type('SILV');
      await until(() => contactsOf(page), ['silver']);
      expect(await page.getByRole('status').filter({ hasText: 'of 4 contacts' }).textContent()).toBe(
        '1 of 4 contacts',
      );
      await page.keyboard.press('Escape');
      await until(() => contactsOf(page), ['plain', 'gold', 'silver', 'sales']);
      await page.getByRole('grid').focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('End');
      await page.keyboard.press('ArrowUp');
      const active = await page.getByRole('grid').getAttribute('aria-activedescendant');
      expect(await page.locator(`#${active}`).locator('.c-contact').textContent()).toBe('silver');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Contact silver' }).waitFor();
      expect(new URL(page.url()).hash).toBe('#contact=i-1%2Fsilver');
      await page.keyboard.press('Escape');
      await until(() => contactsOf(page), ['plain', 'gold', 'silver', 'sales']);
      // The row that was opened is active still.
      await page.keyboard.press('ArrowDown');
      expect(await page.locator('.row.active .c-contact').textContent()).toBe('sales');
    });

    test('sorts by a column, up, down, and back in the order in which Connect answers', async () => {
      const head = page.getByRole('columnheader', { name: 'Waited' });
      await head.getByRole('button').click();
      await until(() => contactsOf(page), ['sales', 'gold', 'silver', 'plain']);
      expect(await head.getAttribute('aria-sort')).toBe('ascending');
      await head.getByRole('button').click();
      await until(() => contactsOf(page), ['plain', 'silver', 'gold', 'sales']);
      await head.getByRole('button').click();
      await until(() => contactsOf(page), ['plain', 'gold', 'silver', 'sales']);
    });

    test('shows one queue, and the policies with what they govern', async () => {
      await page.getByRole('button', { name: 'Sales' }).click();
      await until(() => contactsOf(page), ['sales']);
      await page.getByRole('button', { name: 'All queues' }).click();
      await page.getByRole('button', { name: 'Policies' }).click();
      const policies = page.locator('.policies tbody tr');
      expect(await policies.locator('th, td:nth-child(2), td:nth-child(3)').allInnerTexts()).toEqual([
        ...['ladder', 'enforce', '1'],
        ...['target', 'enforce', '1'],
      ]);
      await policies.getByRole('button', { name: 'ladder' }).click();
      await until(() => contactsOf(page), ['gold']);
    });

    test('counts who left while it looked', async () => {
      await page.getByRole('button', { name: 'All queues' }).click();
      await page.getByRole('button', { name: 'Show all' }).click();
      const key = `${INSTANCE}#silver`;
      const record = reader.records.get(key);
      if (record?.facts) reader.put({ ...record, facts: { ...record.facts, connectedAt: atSecond(50) } });
      await page.getByText('1 answered, 0 abandoned, mean wait 40s, 100 % within target').waitFor();
      await until(() => contactsOf(page), ['plain', 'gold', 'sales']);
    });

    test('says that the connection is lost, and comes back to it', async () => {
      const server = await serve(reader);
      const line = new Line();
      closing.push(() => line.cut());
      const { port, pathname } = new URL(server.url);
      const behind = await open(`http://127.0.0.1:${await line.open(Number(port))}${pathname}`);
      await rowsOf(behind).first().waitFor();
      const before = errors.length;
      line.cut();
      await behind.getByText(/^Connection lost at \d\d:\d\d:\d\d, trying again\./).waitFor();
      expect(await rowsOf(behind).count()).toBe(3);
      await line.open(Number(port));
      await behind.getByText('Connection lost').waitFor({ state: 'detached' });
      enter(reader, 'later', 100);
      await until(() => contactsOf(behind), ['plain', 'gold', 'later', 'sales']);
      // The browser says itself that it could not connect.
      errors.splice(
        before,
        errors.length,
        ...errors.slice(before).filter((error) => !error.includes('net::ERR_')),
      );
    });
  });

  describe('with changes', () => {
    const reader = deployment();
    let page: Page;
    const next = (queue: string) =>
      page.locator('.queues tbody').filter({ hasText: queue }).locator('.first').textContent();
    const listed = (name: string) => page.getByRole('list', { name }).getByRole('listitem').allTextContents();
    beforeAll(async () => {
      reader.at = atSecond(315);
      enter(reader, 'first', 0, { tags: { tier: 'gold' } });
      enter(reader, 'second-9', 20, { tags: { tier: 'gold' } });
      enter(reader, 'b5a2c1d0-0000-4000-8000-000000000001', 280, { tags: { tier: 'gold' } });
      enter(reader, 'overridden', 290, { messages: [override('overridden', 295)] });
      enter(reader, 'sales', 80, { queueArn: SALES_ARN });
      page = await open((await serve(reader)).url);
    });

    test('lists what was changed in the last minute and what will be in the next, each with its cause', async () => {
      await until(
        () => listed('Changed in the last minute'),
        [
          '15s ago first priority 3 → 1ladder, step 2',
          '20s ago overridden priority 5 → 1override by ann',
          '35s ago b5a2c1d0… priority 5 → 3ladder, step 1',
        ],
      );
      expect(await listed('Changes in the next minute')).toStrictEqual([
        'in 5s second-9 priority 1ladder, step 2',
      ]);
      expect(await page.locator('.changes .amount').allTextContents()).toStrictEqual(['3', '1']);
    });

    test('says beside each queue who is answered next, and why', async () => {
      await until(
        () => next('Billing'),
        'Next: first, has waited longest of those with priority 3 (ladder, step 2)',
      );
      expect(await next('Sales')).toBe('Next: sales?, the only one who waits, priority 5');
      // The routing lag of the override is over, and not yet that of the step.
      reader.at = atSecond(359);
      await until(() => next('Billing'), 'Next: overridden, priority 1 (override by ann) comes before 3');
      await page.locator('.first').getByRole('link', { name: 'overridden' }).click();
      await page.getByRole('heading', { name: 'Contact overridden' }).waitFor();
    });

    test('leaves out columns in which nobody has anything, and says where no filter matches', async () => {
      await page.keyboard.press('Escape');
      const heads = page.getByRole('columnheader');
      await until(
        async () => (await heads.allTextContents()).filter((text) => ['tier', 'Target'].includes(text)),
        ['tier'],
      );
      await page.keyboard.press('/');
      await page.keyboard.type('nobody');
      await page.getByText('No contact that waits matches the filters.').waitFor();
    });
  });

  describe('of the system', () => {
    const reader = deployment();
    const minutes = Array.from({ length: 30 }, (_, index) => ({
      at: T0 - (30 - index) * 60_000,
      calls: 60 + 12 * index,
      throttled: index === 20 ? 7 : 0,
      waiting: index,
      allowed: 18,
      ...(index !== 10 && { lateness: { medianMs: 300, p95Ms: 1_200 + index } }),
    }));
    let page: Page;
    beforeAll(async () => {
      enter(reader, 'gold', 60, { tags: { tier: 'gold' } });
      enter(reader, 'due', 80, { tags: { tier: 'gold' } });
      const due = reader.records.get(`${INSTANCE}#due`);
      if (due) reader.put(dueRecord({ ...due, status: undefined } as never, reader.context, reader.at));
      reader.outside = {
        metrics: { until: T0, minutes, lateness: { medianMs: 400, p95Ms: 2_400 } },
        alarms: {
          readAt: T0,
          count: 38,
          ringing: [
            {
              name: HOSTILE,
              since: T0 - 300_000,
              meaning: `Callers are affected. ${HOSTILE}`,
              runbookUrl: 'https://wiki.example.com/runbook#lateness',
            },
          ],
        },
        deadLetters: {
          readAt: T0,
          queues: [
            { queue: 'DispatchDlq', messages: 0 },
            { queue: 'RuleMessagesDlq', messages: 3 },
          ],
        },
        missing: [],
      };
      page = await open((await serve(reader)).url);
      await page.getByRole('button', { name: 'System' }).click();
    });

    test('has calls against what is allowed, lateness and throttles, each with its age', async () => {
      const figures = page.locator('.figures');
      await figures.getByText('in the minute to 11:00').waitFor();
      expect(await figures.locator('.figure').allInnerTexts()).toEqual(
        [
          'State of calls made at most 18 a second by the settings',
          'Calls a second 6.8 of 18, in the minute to 11:00, 1m30s ago',
          'Calls 7,020 in the last hour',
          'Throttled 7 in the last hour',
          'Lateness 0.4s median of the last hour; p95 2.4s',
          expect.stringMatching(/^Version\s+\d+\.\d+\.\d+\s+configured as now since /),
        ].map((text) => (typeof text === 'string' ? expect.stringMatching(spaced(text)) : text)),
      );
      await page.locator('.top').getByText('6.8 of 18 a second at 11:00').waitFor();
    });

    test('has alarms that ring, with what to do, and dead letters, at a glance and in full', async () => {
      expect(await page.locator('.top .figure.wrong').allInnerTexts()).toEqual([
        expect.stringMatching(spaced('Alarms 1 rings')),
        expect.stringMatching(spaced('Dead letters 3 had no effect')),
        expect.stringMatching(spaced('Throttled 7 in the last hour')),
      ]);
      const alarms = page.getByRole('region', { name: 'Alarms' });
      expect(await alarms.locator('strong').textContent()).toBe(HOSTILE);
      const link = alarms.getByRole('link', { name: 'What to do' });
      expect(await link.getAttribute('href')).toBe('https://wiki.example.com/runbook#lateness');
      expect(await link.getAttribute('rel')).toBe('noreferrer');
      const letters = page.getByRole('region', { name: 'Dead letters' });
      expect(await letters.locator('li').textContent()).toBe(
        'about 3 in RuleMessagesDlq: escalator redrive RuleMessagesDlq --dry-run lists them',
      );
      expect(await page.locator('img').count()).toBe(0);
    });

    test('has what is due by priority, and charts of the last hour', async () => {
      const due = page.getByRole('region', { name: 'Due changes' });
      expect(await due.locator('tbody th, tbody td').allInnerTexts()).toEqual(['3', '1']);
      const charts = page.locator('.charts').first().getByRole('img');
      const words = await charts.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
      expect(words).toEqual([
        'Calls a second, 10:30 to 10:59: calls: last 6.8, at most 6.8; allowed by the settings: last 18, at most 18',
        'Lateness, 10:30 to 10:59: median: last 0.3s, at most 0.3s; p95: last 1.2s, at most 1.2s',
        'Throttled calls a minute, 10:30 to 10:59: throttled: last 0, at most 7',
        'Waiting, 10:30 to 10:59: waiting: last 29, at most 29',
      ]);
      // The minute without a change is a gap.
      expect(await charts.nth(1).locator('.line-0 polyline').count()).toBe(2);
    });

    test('says what may not be read, and shows the rest', async () => {
      const { metrics: _metrics, ...rest } = reader.outside;
      const missing = 'Left out: calls a second. IAM does not allow cloudwatch:GetMetricData.';
      reader.outside = { ...rest, missing: [missing] };
      await page.locator('.missing', { hasText: missing }).waitFor();
      await page.locator('.charts [aria-label^="Calls a second"]').waitFor({ state: 'detached' });
      expect(await page.getByRole('region', { name: 'Alarms' }).isVisible()).toBe(true);
      expect(await page.locator('.figures').textContent()).not.toContain('Lateness');
    });
  });

  test('has of each policy who wrote it and what it did, and of one that observes what it would do', async () => {
    const reader = deployment();
    const observing = { mode: 'observe', precedence: 1, steps: [{ after: '0s', set: { priority: 2 } }] };
    reader.configuration = { ...reader.configuration, policies: { ...POLICIES, observing } };
    enter(reader, 'gold', 60, { tags: { tier: 'gold' } });
    enter(reader, 'silver', 10, { tags: { tier: 'silver' } });
    enter(reader, 'plain', 20);
    const by = 'arn:aws:sts::123456789012:assumed-role/Deployer/ann';
    reader.policyAuthors = {
      byPolicy: { ladder: { version: 3, by, at: T0 } },
      missing: 'Left out: who wrote policies. IAM does not allow ssm:GetParameterHistory.',
    };
    const page = await open(`${(await serve(reader)).url}#view=policies`);
    const cells = () =>
      page.locator('.policies tr', { hasText: 'ladder' }).last().locator('th, td').allInnerTexts();
    await until(
      async () => (await cells()).toSpliced(10, 1),
      ['ladder', 'enforce', '1', '0', '1', '1', '0', '0', '–', '–', 'ann (Deployer)', '3'],
    );
    await page.getByText('IAM does not allow ssm:GetParameterHistory').waitFor();
    expect(await page.locator('.beside span').allInnerTexts()).toEqual([
      'beside ladder: 1 contact, 1 more urgent',
      expect.stringContaining('beside target: 1 contact'),
      'beside no policy: 1 contact, 1 more urgent',
    ]);
    const record = reader.records.get(`${INSTANCE}#gold`);
    if (record?.facts) reader.put({ ...record, facts: { ...record.facts, connectedAt: atSecond(85) } });
    // It governs nobody any more: one was governed and escalated in the last hour, and answered after 25 seconds.
    await until(async () => (await cells()).slice(2, 9), ['0', '0', '1', '1', '1', '0', '25s']);
  });

  describe('that gets changes alone', () => {
    test('asks for the whole state again where it has missed one', async () => {
      const reader = deployment();
      enter(reader, 'first', 0);
      const page = await open('about:blank');
      // The page loses the third event, as if the browser had dropped it.
      await page.addInitScript(() => {
        const add = EventSource.prototype.addEventListener;
        let isLost = false;
        EventSource.prototype.addEventListener = function (
          this: EventSource,
          name: string,
          listener: unknown,
        ) {
          const passed = (event: MessageEvent) => {
            if (name === 'change' && !isLost && event.data.includes('"contactId":"second"')) isLost = true;
            else (listener as (event: MessageEvent) => void)(event);
          };
          add.call(this, name, passed as never);
        } as never;
      });
      const streams: string[] = [];
      page.on('request', (request) => {
        if (request.url().includes('/events/')) streams.push(request.url());
      });
      await page.goto((await serve(reader)).url);
      await until(() => contactsOf(page), ['first']);
      enter(reader, 'second', 10);
      await until(() => contactsOf(page), ['first', 'second']);
      expect(streams).toHaveLength(2);
      await page.getByText('Connection lost').waitFor({ state: 'detached' });
    });

    test('shows the same as another one that was opened later', async () => {
      const reader = deployment();
      for (let index = 0; index < 8; index += 1) enter(reader, `c-${index}`, index * 5);
      const { url } = await serve(reader);
      const early = await open(url);
      await until(() => contactsOf(early).then(({ length }) => length), 8);
      enter(reader, 'c-3', 15, { messages: [override('c-3', 50)] });
      const late = await open(url);
      enter(reader, 'c-8', 85);
      const expected = ['c-3', 'c-0', 'c-1', 'c-2', 'c-4', 'c-5', 'c-6', 'c-7', 'c-8'];
      reader.at = atSecond(120);
      await until(() => contactsOf(early), expected);
      await until(() => contactsOf(late), expected);
    });
  });

  test('prints all who wait, up to a thousand, and not only those on the screen', async () => {
    const reader = deployment();
    enter(reader, 'c-0', 0);
    const first = reader.records.get(`${INSTANCE}#c-0`);
    for (let index = 0; first?.facts && index < 1_200; index += 1) {
      const contactId = `c-${index}`;
      const queue = { arn: QUEUE_ARN, type: 'STANDARD', enqueuedAt: T0 + index };
      reader.put({ ...first, contactId, facts: { ...first.facts, contactId, queue } });
    }
    const server = await startConsole(reader, { port: 0, every: 2 });
    closing.push(() => server.close());
    const page = await open(server.url);
    await rowsOf(page).first().waitFor();
    await page.evaluate(`addEventListener('beforeprint', () => {
      const rows = document.querySelectorAll('.printed tbody tr');
      globalThis.printed = {
        caption: document.querySelector('.printed caption').textContent,
        rows: rows.length,
        last: rows[rows.length - 1].cells[2].textContent,
        isShown: getComputedStyle(document.querySelector('.printed')).display,
      };
    })`);
    const pdf = await page.pdf();
    expect(pdf.byteLength).toBeGreaterThan(10_000);
    expect(await page.evaluate('printed')).toMatchObject({
      ...{ caption: 'The first 1,000 of 1,200 contacts', rows: 1_000, last: 'c-999' },
    });
    expect(await page.locator('.printed').count()).toBe(0);
    await page.getByRole('searchbox').fill('c-119');
    await until(() => rowsOf(page).count(), 11);
    await page.pdf();
    expect(await page.evaluate('printed.rows')).toBe(11);
  });

  describe('of one contact', () => {
    test('is reached by a link, and shows what happened, what comes, and why', async () => {
      const reader = deployment();
      reader.at = atSecond(120);
      enter(reader, 'gold', 60, {
        tags: { tier: 'gold' },
        messages: [override('gold', 100, { until: atSecond(400) })],
      });
      const page = await open(`${(await serve(reader)).url}#contact=i-1%2Fgold`);
      const items = page.locator('.waterfall tbody tr');
      await until(
        () => items.locator('.time, .what').allInnerTexts(),
        [
          ...['11:00:35', 'event the contact began'],
          ...['11:01:00', 'event entered its queue'],
          ...['11:01:00', 'decided governed by ladder, step 1'],
          ...['11:01:00', 'update set priority 3'],
          ...['11:01:00', 'step 1 of ladder was reached: priority 3'],
          ...['11:01:40', 'override priority 1 by ann: an outage'],
          ...['11:01:40', 'decided governed by ladder, step 1; an operator set priority 1 instead'],
          ...['11:01:40', 'update set priority 1'],
          ...['11:06:00', 'step 2 by ladder, in 4m'],
          ...['11:06:40', 'override the override ends, in 4m40s'],
        ],
      );
      expect(await page.locator('.words pre').textContent()).toContain(
        'ladder governs; step 1 is reached: priority 3.',
      );
      const xOf = (row: number, shape: string) =>
        items
          .nth(row)
          .locator(shape)
          .first()
          .evaluate((element) => element.getBoundingClientRect().x);
      // Before, now, and to come.
      expect(await xOf(3, '.mark')).toBeLessThan(await xOf(7, '.mark'));
      expect(await xOf(7, '.mark')).toBeLessThan(await xOf(7, '.now'));
      expect(await xOf(8, '.now')).toBeLessThan(await xOf(8, '.mark'));
      expect(await items.nth(8).getAttribute('class')).toBe('item step coming first-to-come');
    });

    test('that nobody knows is said', async () => {
      const reader = deployment();
      const page = await open(`${(await serve(reader)).url}#contact=i-1%2Fnobody`);
      await page.getByText('No event of the contact nobody has arrived.').waitFor();
      const [last = ''] = errors.splice(-1);
      expect(last).toContain('404');
      errors.splice(0, errors.length, ...errors.filter((error) => !error.includes('404')));
    });
  });

  test('shows texts of others as texts', async () => {
    const reader = deployment();
    reader.queueNames.set('q-1', HOSTILE);
    reader.configuration = {
      ...reader.configuration,
      pause: { since: T0, value: { who: HOSTILE, reason: HOSTILE } },
    };
    enter(reader, HOSTILE, 0, {
      channel: HOSTILE,
      tags: { tier: HOSTILE, [HOSTILE]: HOSTILE },
      messages: [override(HOSTILE, 1, { actor: HOSTILE, reason: HOSTILE })],
    });
    const page = await open((await serve(reader)).url);
    await rowsOf(page).first().waitFor();
    expect(await rowsOf(page).locator('.c-channel').textContent()).toBe(HOSTILE);
    await rowsOf(page).first().click();
    await page.locator('.waterfall').waitFor();
    expect(await page.locator('.facts').textContent()).toContain(HOSTILE);
    expect(await page.locator('img, b:not(.legend b)').count()).toBe(0);
    expect(await page.title()).not.toBe('1');
  });

  describe('with ten thousand who wait', () => {
    test('draws those that are visible alone, and scrolls to the last', async () => {
      const reader = deployment();
      enter(reader, 'c-0', 0);
      const first = reader.records.get(`${INSTANCE}#c-0`);
      for (let index = 0; first?.facts && index < 10_000; index += 1) {
        const contactId = `c-${index}`;
        const queue = { arn: QUEUE_ARN, type: 'STANDARD', enqueuedAt: T0 + index };
        reader.put({ ...first, contactId, facts: { ...first.facts, contactId, queue } });
      }
      const server = await startConsole(reader, { port: 0, every: 2 });
      closing.push(() => server.close());
      const startedAt = performance.now();
      const page = await open(server.url);
      await rowsOf(page).first().waitFor();
      const seconds = (performance.now() - startedAt) / 1_000;
      // Of a machine that does other work, too.
      expect(seconds).toBeLessThan(60);
      expect(await page.evaluate('performance.memory.usedJSHeapSize')).toBeLessThan(150_000_000);
      expect(await rowsOf(page).count()).toBeLessThan(60);
      expect(
        await rowsOf(page)
          .first()
          .evaluate((row) => row.getBoundingClientRect().height),
      ).toBe(ROW_PX);
      await page.getByRole('grid').focus();
      await page.keyboard.press('End');
      await rowsOf(page).filter({ hasText: 'c-9999' }).waitFor();
      expect(await rowsOf(page).last().locator('.c-place').textContent()).toBe('10000');
      expect(await rowsOf(page).last().getAttribute('aria-rowindex')).toBe('10001');
      expect(await rowsOf(page).count()).toBeLessThan(60);
      await page.getByRole('searchbox').fill('c-77');
      await until(() => contactsOf(page).then((contacts) => contacts[0]), 'c-77');
    });
  });

  test.each([
    ['in a narrow window', { viewport: { width: 360, height: 740 } }],
    ['in the dark', { colorScheme: 'dark' as const }],
  ])('fits %s', async (_name, options) => {
    const reader = deployment();
    enter(reader, 'a-contact-with-a-rather-long-id-0000', 0, { tags: { tier: 'gold' } });
    const page = await open((await serve(reader)).url, options);
    await rowsOf(page).first().waitFor();
    const isTooWide = () => page.evaluate('document.documentElement.scrollWidth > innerWidth');
    expect(await isTooWide()).toBe(false);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(
      'colorScheme' in options ? 'rgb(20, 23, 27)' : 'rgb(255, 255, 255)',
    );
    await rowsOf(page).first().click();
    await page.locator('.waterfall').waitFor();
    expect(await isTooWide()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    // Paper is white, whatever the screen is.
    expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(27, 32, 38)');
    expect(await page.getByRole('button', { name: 'All contacts' }).isVisible()).toBe(false);
    expect(await page.locator('.waterfall').isVisible()).toBe(true);
  });

  test('breaks no rule of its content security policy, and asks nobody else', () => {
    expect({ errors, foreign }).toEqual({ errors: [], foreign: [] });
  });
});
