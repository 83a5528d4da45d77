import { expect, test } from '@jest/globals';
import { calibrate } from '../../../sim/calibration/calibration.ts';
import { Collector } from '../../../sim/calibration/collector.ts';
import { parseEntry } from '../../../sim/replay/recording-entry.ts';
import { sampleRecording } from '../../../sim/replay/sample-recording.ts';
import { calibrationHtml } from '../../../sim/report/calibration/index.ts';
import { chartLabels, describeInChromium, overflowing, requestsElsewhere } from './browser.ts';

const TIMEZONE = 'Europe/Berlin';

function sampleHtml(isWeekly: boolean): string {
  const collector = new Collector({ timezone: TIMEZONE, tierTags: ['tier'], testContacts: false });
  for (const line of sampleRecording()) {
    const entry = parseEntry({ value: JSON.parse(line) });
    if (entry.kind === 'recorded') collector.add(entry.recorded);
  }
  const collected = collector.end();
  const calibration = calibrate(TIMEZONE, collected);
  return calibrationHtml(calibration, {
    timezone: TIMEZONE,
    files: ['a-very-long-name-of-a-recording-without-any-blank-in-it.jsonl.gz', '<b>x</b>'],
    contacts: collected.contacts,
    from: '2026-11-23T08:00:19Z',
    to: '2026-11-23T08:51:05Z',
    doubts: ['Compare the agents with your roster.'],
    isWeekly,
    seen: calibration.profiles,
  });
}

describeInChromium('the report of a calibration', ({ open }) => {
  test.each([
    [360, true],
    [360, false],
    [1_200, true],
  ])('fits %d pixels, loads nothing and has unique texts for its charts', async (width, isWeekly) => {
    const { page, requests, errors } = await open(sampleHtml(isWeekly), { viewport: { width, height: 800 } });
    expect(errors).toEqual([]);
    expect(requestsElsewhere(requests)).toEqual([]);
    expect(await overflowing(page)).toEqual([]);
    const labels = await chartLabels(page);
    expect(labels).toContain('silver: patience');
    expect(labels.length).toBeGreaterThanOrEqual(3 * 3 + 3);
    expect(new Set(labels).size).toBe(labels.length);
    expect(await page.locator('h1').textContent()).toContain('<b>x</b>');
  });
});
