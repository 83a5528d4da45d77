import { afterAll, afterEach, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type ConsoleServer, startConsole } from '../../cli/watch/console-server.ts';
import { MemoryReader } from '../../scripts/console/memory-reader.ts';
import { waitingRecord } from '../../scripts/console/waiting-contacts.ts';
import { describeInBrowser } from '../support/chromium.ts';
import { atSecond, INSTANCE, QUEUE_ARN, T0 } from '../support/contacts.ts';
import { FakePlayback } from '../support/fake-playback.ts';

const POLICIES = {
  ladder: {
    precedence: 10,
    steps: [
      { after: '0s', set: { priority: 3 } },
      { after: '5m', set: { priority: 1 } },
    ],
  },
};

describeInBrowser('the playback', (browser) => {
  let server: ConsoleServer | undefined;
  let page: Page | undefined;
  const errors: string[] = [];
  afterEach(async () => {
    await page?.context().close();
    await server?.close();
  });
  afterAll(() => expect(errors).toEqual([]));

  /** Opens the page over a run with one contact that waits. */
  async function open(playback: FakePlayback): Promise<Page> {
    const reader = new MemoryReader(playback.state.at, { policies: POLICIES, since: T0 }, [INSTANCE]);
    const contact = {
      instanceId: INSTANCE,
      contactId: 'gold',
      queueArn: QUEUE_ARN,
      enqueuedAt: atSecond(60),
    };
    reader.put(waitingRecord(contact, reader.context, reader.at));
    server = await startConsole(reader, { port: 0, every: 0.1, playback });
    page = await (await browser().newContext({ viewport: { width: 1_280, height: 720 } })).newPage();
    page.setDefaultTimeout(60_000);
    page.on('pageerror', ({ message }) => errors.push(message));
    page.on('console', (message) => errors.push(message.text()));
    await page.goto(server.url);
    return page;
  }

  const run = () =>
    new FakePlayback({
      phase: 'running',
      at: atSecond(90),
      factor: 0,
      speed: 4,
      isPaused: true,
      startedAt: T0,
      durationMs: 600_000,
      seed: 1,
    });

  test('lets time stand still on the page while it is paused, and pass as fast as in the run', async () => {
    const playback = run();
    const shown = await open(playback);
    const bar = shown.getByRole('region', { name: 'Playback' });
    await bar.getByText('Paused').waitFor();
    const countdown = shown.getByRole('grid').locator('.row', { hasText: 'gold' });
    await countdown.getByText('priority 1 in 4m30s').waitFor();
    // Longer than the page needs to notice that a second has passed.
    await shown.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1_500)));
    expect(await bar.locator('.elapsed').textContent()).toBe('01:30 of 10:00 ');
    await countdown.getByText('priority 1 in 4m30s').waitFor();
    playback.change({ isPaused: false, factor: 60 });
    await bar.getByText('4 times real time').waitFor();
    await bar.getByText(/0[2-9]:\d\d of 10:00/).waitFor();
  });

  test('can be paused, slowed, sped up and repeated, by buttons and by keys', async () => {
    const playback = run();
    playback.change({ isPaused: false });
    const shown = await open(playback);
    const bar = shown.getByRole('region', { name: 'Playback' });
    for (const name of ['Pause', 'Slower', 'Faster', 'Again', 'Again, seed 2'])
      await bar.getByRole('button', { name, exact: true }).click();
    await shown.getByRole('grid').waitFor();
    for (const key of ['k', '<', '>']) await shown.keyboard.press(key);
    // In a field they are letters.
    await shown.keyboard.press('/');
    await shown.keyboard.type('k<>');
    playback.change({ isPaused: true });
    await bar.getByRole('button', { name: 'Resume' }).click();
    const acts = [
      ...['pause', 'slower', 'faster', 'again'].map((act) => ({ act })),
      { act: 'again', seed: 2 },
      ...['pause', 'slower', 'faster', 'resume'].map((act) => ({ act })),
    ];
    while (playback.acts.length < acts.length) await shown.evaluate(() => undefined);
    expect(playback.acts).toEqual(acts);
    expect(playback.pages).toBe(1);
  });

  test('shows what came of the run, and that the next one is set up', async () => {
    const playback = run();
    const shown = await open(playback);
    const bar = shown.getByRole('region', { name: 'Playback' });
    playback.change({ phase: 'ended', isPaused: false, factor: 1 });
    await bar.getByText('Ended. Comparing what was due with what was done …').waitFor();
    playback.change({ report: { verdict: 'success', text: 'met <b>all</b>' } });
    await bar.getByText('Ended. Every objective was met.').waitFor();
    expect(await bar.getByRole('button', { name: 'Pause' }).isDisabled()).toBe(true);
    await bar.getByText('Report').click();
    expect(await bar.locator('pre').textContent()).toBe('met <b>all</b>');
    playback.change({ phase: 'setting-up', report: undefined });
    await bar.getByText('Setting up the demo, seed 1 …').waitFor();
    await server?.close();
    const before = errors.length;
    // The browser says itself that it cannot connect; the page does not say that anything is lost.
    while (errors.length === before) await shown.evaluate(() => undefined);
    expect(await shown.getByText('Connection lost').count()).toBe(0);
    errors.splice(before);
  });
});
