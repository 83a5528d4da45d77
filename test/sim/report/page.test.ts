import { describe, expect, test } from '@jest/globals';
import { parseHTML } from 'linkedom';
import { reportHtml } from '../../../sim/report/index.ts';
import { hostileResult, MARKUP, result, starvedResult } from './fixture.ts';

describe('the file of the report', () => {
  test('is the same byte for byte for the same result', () => {
    expect(reportHtml(starvedResult())).toBe(reportHtml(starvedResult()));
  });

  test('stays small', () => {
    expect(Buffer.byteLength(reportHtml(starvedResult()))).toBeLessThan(150_000);
    expect(Buffer.byteLength(reportHtml(hostileResult()))).toBeLessThan(500_000);
  });

  test('takes nothing from names and descriptions as HTML', () => {
    const { document } = parseHTML(reportHtml(hostileResult()));
    expect(document.querySelectorAll('script, img, iframe, [onerror]')).toHaveLength(0);
    expect(document.querySelector('h1')?.textContent).toBe(MARKUP);
    expect(document.querySelector('title')?.textContent).toBe(`${MARKUP}: what the policies do`);
    expect(document.querySelector('.tier h3')?.textContent).toContain(MARKUP);
    expect(document.querySelector('svg.chart')?.getAttribute('aria-label')).toContain(MARKUP);
  });

  test('links nothing and lets a browser load nothing', () => {
    const { document } = parseHTML(reportHtml(result()));
    const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]');
    expect(policy?.getAttribute('content')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    );
    const links = [...document.querySelectorAll('[href], [src]')].map((each) => each.getAttribute('href'));
    expect(links).toEqual(['data:,']);
  });

  test('tells scenario, seed, runs, confidence and policies', () => {
    const { document } = parseHTML(reportHtml(result()));
    const facts = document.querySelector('#reading dl.facts')?.textContent.replace(/\s+/g, ' ').trim();
    expect(facts).toBe(
      'ScenarioMonday morning, 12 h from 2026-09-07 08:00 UTC+02:00 Queuessales, service Agents40 ' +
        'Runs and seed10, seed 42: the same command gives the same report Confidence95 % Quota18 calls a second ' +
        'Held againstnone A noneno policyB policiesgold-first: Gold callers reach an agent within three minutes.vip',
    );
  });

  test('names starvation at the top, and its absence', () => {
    const starved = parseHTML(reportHtml(starvedResult())).document;
    expect(starved.querySelector('#verdict .alarm')?.textContent).toContain('The set harsh starves bronze');
    const calm = parseHTML(reportHtml(result())).document;
    expect(calm.querySelector('#verdict .alarm')).toBeNull();
    expect(calm.querySelector('#verdict .calm')?.textContent).toBe('No set of policies starves a tier.');
    const single = parseHTML(reportHtml(result({ runs: 1 }))).document;
    expect(single.querySelector('#verdict .calm')?.textContent).toBe(
      'Whether a tier is starved, one run cannot tell: it takes two at least.',
    );
  });

  test('of one set has no cost, and of sets without a story no timeline', () => {
    const [none] = result().sets;
    const { timeline: _, ...untold } = none as NonNullable<typeof none>;
    const { document } = parseHTML(reportHtml(result({ sets: [untold] })));
    const sections = [...document.querySelectorAll('section')].map(({ id }) => id);
    expect(sections).toEqual(['verdict', 'tiers', 'calls', 'reading']);
  });
});
