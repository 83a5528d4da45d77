import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { openStateReader } from '../../cli/state/read-state.ts';
import { createVisibleIo } from '../../cli/visible-io.ts';
import type { ActPreview } from '../../cli/watch/acts/act.ts';
import { createConsoleOperator } from '../../cli/watch/acts/create-operator.ts';
import type { ConsoleOperator } from '../../cli/watch/acts/operator.ts';
import { type ConsoleServer, startConsole } from '../../cli/watch/console-server.ts';
import { CONFIGURATION_MAX_AGE_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import { DEFAULT_SETTINGS } from '../../lambda/domain/settings.ts';
import { advanceClock } from '../../local/time/clock.ts';
import { type Statement, startIam } from '../cli/support/iam.ts';
import { createIo } from '../cli/support/run-cli.ts';
import { INSTANCE, PREFIX, startTestCentre, type TestCentre } from '../e2e/fixture.ts';
import { describeInBrowser } from '../support/chromium.ts';

/* The acts of the console on the local system: the deployed handlers run, and Connect is called. */

const POLICY = `match: { signals: [vip] }
steps: [{ after: 0s, set: { priority: 2 } }]
`;

/** A text that would run a script if it were taken for HTML. */
const HOSTILE = '<img src=x onerror="document.title=1">"\'&<b>{{';

/** All but what sends messages. */
const NO_MESSAGES: readonly Statement[] = [
  {
    Effect: 'Allow',
    Action: [
      'ssm:GetParameter',
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:Scan',
      'dynamodb:Query',
      'connect:ListQueues',
    ],
    Resource: '*',
  },
];

describeInBrowser('the acts of the console', (browser) => {
  let centre: TestCentre;
  let server: ConsoleServer;
  const errors: string[] = [];
  const closing: (() => unknown)[] = [];
  /** What was sent through the page. */
  const sent: ActPreview[] = [];
  let page: Page;
  /** Pages of a single test. */
  const others: Page[] = [];

  async function serve(endpointUrl: string, who = 'ann'): Promise<ConsoleServer> {
    const options = {
      endpointUrl,
      region: INSTANCE.region,
      prefix: PREFIX,
      maxContacts: 100,
      credentials: centre.system.clientConfig.credentials,
    };
    const io = createVisibleIo({
      ...createIo({ env: { USER: who }, now: Date.now }, () => {}),
    });
    const reader = await openStateReader(options, io);
    const { queues } = centre.system;
    const operator = createConsoleOperator(
      {
        ...options,
        deployment: {
          instanceIds: [INSTANCE.id],
          ruleMessagesQueueUrl: queues.ruleMessages.url,
          operatorMessagesQueueUrl: queues.operatorMessages.url,
        },
      },
      io,
    );
    const counting: ConsoleOperator = {
      ...operator,
      send(preview) {
        sent.push(preview);
        return operator.send(preview);
      },
    };
    const started = await startConsole(reader, { port: 0, every: 0.5, operator: counting });
    closing.push(async () => {
      await started.close();
      reader.close();
    });
    return started;
  }

  async function open(url: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser().newContext({ viewport: { width: 1_280, height: 800 }, ...options });
    const opened = await context.newPage();
    opened.setDefaultTimeout(60_000);
    opened.on('pageerror', ({ message }) => errors.push(message));
    opened.on('console', (message) => errors.push(message.text()));
    await opened.goto(url);
    await opened.getByRole('grid').locator('tr.row').first().waitFor();
    return opened;
  }

  beforeAll(async () => {
    centre = await startTestCentre();
    await centre.putParameter('policies/vip', POLICY);
    centre.arrive('c-1');
    advanceClock(1_000);
    centre.arrive('c-2');
    await centre.system.idle();
    server = await serve(centre.system.url);
    page = await open(server.url);
    closing.unshift(() => page.context().close());
  }, 240_000);
  afterAll(async () => {
    for (const close of closing) await close();
    await centre?.stop();
  });
  beforeEach(() => {
    sent.length = 0;
  });
  afterEach(async () => {
    for (const opened of others.splice(0)) await opened.context().close();
    // A test that failed leaves its dialog open; the next one begins without it.
    if (await dialog().isVisible()) await page.keyboard.press('Escape');
  });

  const contacts = () => page.locator('tr.row .c-contact').allInnerTexts();
  const dialog = () => page.getByRole('dialog');
  /** What the page says of an act that was sent. */
  const said = (words: string | RegExp) =>
    page.getByRole('log').locator('ol > li > span').filter({ hasText: words }).first();

  /** Waits until the contacts stand in an order, once what Connect has accepted takes effect. */
  async function untilOrder(...expected: string[]): Promise<void> {
    advanceClock(DEFAULT_SETTINGS.routingLagSeconds * 1_000);
    let found = await contacts();
    for (
      const end = performance.now() + 60_000;
      String(found) !== String(expected) && performance.now() < end;
    ) {
      await page.waitForTimeout(50);
      found = await contacts();
    }
    expect(found).toEqual(expected);
  }

  async function openContact(contactId: string): Promise<void> {
    await page.locator('tr.row').filter({ hasText: contactId }).click();
    await page.getByRole('heading', { name: `Contact ${contactId}` }).waitFor();
  }

  async function showAndSend(): Promise<void> {
    await dialog().getByRole('button', { name: 'Show what is sent' }).click();
    await dialog().getByRole('button', { name: 'Send', exact: true }).click();
    await dialog().waitFor({ state: 'detached' });
  }

  test('say at the top that the page can change calls', async () => {
    expect(await page.locator('.operating').textContent()).toContain(
      'This page can change the routing of contacts.',
    );
    await untilOrder('c-1', 'c-2');
  });

  test('override a contact by the keyboard: all is shown before it is sent, and the contact moves up', async () => {
    await openContact('c-2');
    await page.keyboard.press('o');
    expect(await dialog().getByLabel('Your name').inputValue()).toBe('ann');
    expect(await dialog().locator(':focus').getAttribute('name')).toBe('priority');
    await dialog().getByLabel('Reason').fill('an outage');
    await dialog().getByLabel('Priority').press('Enter');
    const words = dialog().locator('#act-words');
    await words.waitFor();
    expect(await words.textContent()).toContain(
      'Sets priority 1 for the contact c-2, instead of what its policy says, for 10m.Ordered by ann, for the reason: an outage',
    );
    expect(await dialog().textContent()).toContain(centre.system.queues.operatorMessages.url);
    const shown = (await dialog().locator('pre').textContent()) ?? '';
    expect(JSON.parse(shown)).toEqual({
      type: 'override',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      instanceId: INSTANCE.id,
      contactId: 'c-2',
      set: { priority: 1 },
      actor: 'ann',
      reason: 'an outage',
      ttl: '10m',
    });
    expect(sent).toEqual([]);
    await dialog().getByRole('button', { name: 'Send', exact: true }).click();
    await said(/Recorded and applied: Connect accepted the change \d+s after it was sent\./).waitFor();
    expect(sent.map(({ target }) => 'text' in target && target.text)).toEqual([shown]);
    expect(centre.updates.at(-1)).toMatchObject({ contactId: 'c-2', request: { QueuePriority: 1 } });
    // Back in the list, with the focus where it was.
    await page.keyboard.press('Escape');
    await untilOrder('c-2', 'c-1');
  });

  test('release it, and it moves back', async () => {
    await openContact('c-2');
    await page.keyboard.press('r');
    await showAndSend();
    await said(/Ends the override of the contact c-2.*Recorded and applied/).waitFor();
    await page.keyboard.press('Escape');
    await untilOrder('c-1', 'c-2');
  });

  test('send a signal to one contact, and once although Send is clicked twice', async () => {
    await openContact('c-2');
    await page.keyboard.press('s');
    await dialog().getByLabel('Signal').fill('vip');
    await dialog().getByRole('button', { name: 'Show what is sent' }).click();
    await dialog().getByRole('button', { name: 'Send', exact: true }).dblclick();
    await said(/Reports the signal vip about the contact c-2, for 30m\. Recorded/).waitFor();
    expect(sent.map(({ target }) => target.name)).toEqual([centre.system.queues.ruleMessages.url]);
    await page.keyboard.press('Escape');
    await untilOrder('c-2', 'c-1');
  });

  test('send a signal to a queue', async () => {
    await page.getByRole('button', { name: 'q', exact: true }).click();
    await page.getByRole('button', { name: 'Signal to this queue' }).click();
    await dialog().getByLabel('Signal').fill('backlog');
    await showAndSend();
    await said('The records of 2 contacts in the queue have the signal backlog.').waitFor();
    expect(await page.locator('.queues .chip.signal').textContent()).toBe('backlog');
  });

  test('pause all calls and resume them', async () => {
    await page.keyboard.press('p');
    await dialog().getByRole('button', { name: 'Show what is sent' }).click();
    await dialog()
      .locator('#act-reason-problem')
      .getByText('Say why, such as wrong priorities since 10:00.', { exact: true })
      .waitFor();
    await dialog().getByLabel('Reason').fill('a drill');
    await dialog().getByRole('button', { name: 'Show what is sent' }).click();
    await dialog().locator('#act-words').waitFor();
    expect(await dialog().textContent()).toContain(`SSM parameter${PREFIX}/pause{"who":"ann","at":"`);
    await dialog().getByRole('button', { name: 'Send', exact: true }).click();
    await page
      .getByRole('alert')
      .getByText(/Calls are STOPPED\..*for the reason "a drill"/)
      .waitFor();
    await said(/Calls are stopped \d+s after it was sent\./).waitFor();
    // The handlers have the pause, too.
    await centre.system.idle();
    advanceClock(CONFIGURATION_MAX_AGE_SECONDS * 1_000 + 1);
    const before = centre.updates.length;
    await openContact('c-1');
    await page.keyboard.press('o');
    await showAndSend();
    await said('calls are stopped, so priority 1 is due and not sent.').waitFor();
    expect(centre.updates).toHaveLength(before);
    await page.keyboard.press('p');
    await dialog()
      .getByText(/Calls are paused since .*, by ann: a drill/)
      .waitFor();
    await dialog().getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('Calls are STOPPED.').waitFor({ state: 'detached' });
    await said('Calls are made again.').waitFor();
    // So do the handlers, which otherwise leave the change that is due to the sweep.
    await centre.system.idle();
    advanceClock(CONFIGURATION_MAX_AGE_SECONDS * 1_000 + 1);
    await page.keyboard.press('Escape');
  });

  test('say beside the field what is wrong, and keep the form', async () => {
    await openContact('c-1');
    await page.keyboard.press('o');
    await dialog().getByLabel('Priority').fill('0');
    await dialog().getByLabel('Reason').fill('keep me');
    await dialog().getByRole('button', { name: 'Show what is sent' }).click();
    await dialog().getByText('Found 0; expected').waitFor();
    expect(await dialog().getByLabel('Priority').getAttribute('aria-invalid')).toBe('true');
    expect(await dialog().getByLabel('Reason').inputValue()).toBe('keep me');
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    // Escape has closed the dialog alone.
    expect(await page.getByRole('heading', { name: 'Contact c-1' }).isVisible()).toBe(true);
    expect(sent).toEqual([]);
    // The browser itself reports the answer.
    expect(errors.splice(0)).toEqual(
      Array.from({ length: 2 }, () => expect.stringContaining('400 (Bad Request)')),
    );
  });

  test('show hostile texts as texts', async () => {
    await page.keyboard.press('o');
    await dialog().getByLabel('Your name').fill(HOSTILE);
    await dialog().getByLabel('Reason').fill(HOSTILE);
    await dialog().getByRole('button', { name: 'Show what is sent' }).click();
    expect(await dialog().locator('#act-words').textContent()).toContain(
      `Ordered by ${HOSTILE}, for the reason: ${HOSTILE}`,
    );
    expect(JSON.parse((await dialog().locator('pre').textContent()) ?? '')).toMatchObject({
      actor: HOSTILE,
      reason: HOSTILE,
    });
    await dialog().getByRole('button', { name: 'Send', exact: true }).click();
    await said('Recorded and applied').waitFor();
    await page.locator('.waterfall').getByText(HOSTILE).first().waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).not.toBe('1');
  });

  test('name the permission that is missing, and can be tried again', async () => {
    const iam = await startIam(centre.system.url, () => NO_MESSAGES);
    closing.push(() => iam.stop());
    const other = await open((await serve(iam.url, HOSTILE)).url);
    others.push(other);
    await other.locator('tr.row').filter({ hasText: 'c-1' }).click();
    await other.keyboard.press('r');
    const form = other.getByRole('dialog');
    expect(await form.getByLabel('Your name').inputValue()).toBe(HOSTILE);
    await form.getByRole('button', { name: 'Show what is sent' }).click();
    await form.getByRole('button', { name: 'Send', exact: true }).click();
    await form.getByText('Not sent. Your AWS credentials lack the permission sqs:SendMessage.').waitFor();
    await form.getByRole('button', { name: 'Send again' }).click();
    await form.getByText('Not sent. Your AWS credentials lack the permission sqs:SendMessage.').waitFor();
    await form.getByRole('button', { name: 'Change it' }).click();
    expect(await form.getByLabel('Your name').inputValue()).toBe(HOSTILE);
    // What the page reads beside the table is denied, too: it is left out.
    const sending = iam.denied.filter(({ action }) => action === 'sqs:SendMessage');
    expect(sending.length).toBeGreaterThanOrEqual(2);
    errors.splice(0, errors.length, ...errors.filter((error) => !error.includes('502 (Bad Gateway)')));
  }, 240_000);

  describe.each([
    ['a narrow window', { viewport: { width: 360, height: 740 } }],
    ['the dark', { colorScheme: 'dark' as const }],
  ])('in %s', (_name, options) => {
    test('fit, and trap the focus', async () => {
      const other = await open(server.url, options);
      others.push(other);
      await other.keyboard.press('p');
      const form = other.getByRole('dialog');
      await form.getByLabel('Reason').fill('x'.repeat(200));
      await form.getByRole('button', { name: 'Show what is sent' }).click();
      await form.getByRole('button', { name: 'Send', exact: true }).waitFor();
      const fits = await other.evaluate(
        '(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)(document.querySelector("dialog"))',
      );
      expect(fits).toBe(true);
      expect(await other.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
      for (let press = 0; press < 8; press += 1) {
        await other.keyboard.press('Tab');
        const isOutside = await other.evaluate(
          '!document.activeElement.closest("dialog") && document.activeElement !== document.body',
        );
        expect(isOutside).toBe(false);
      }
    });
  });

  test('break no rule of the content security policy of the page', () => {
    expect(errors).toEqual([]);
  });
});
