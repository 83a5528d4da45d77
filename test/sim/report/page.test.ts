import { describe, expect, test } from '@jest/globals';
import { parseHTML } from 'linkedom';
import { reportHtml } from '../../../sim/report/index.ts';
import type { SimulationResult } from '../../../sim/simulation/result.ts';
import {
  about,
  GOALS,
  hostileResult,
  MARKUP,
  NONE,
  POLICIES,
  result,
  starvedResult,
  tier,
} from './fixture.ts';

/** The texts of the cells of a row. */
function cells(row: { querySelectorAll(selector: string): Iterable<{ textContent: string }> } | undefined) {
  return [...(row?.querySelectorAll('th, td') ?? [])].map(({ textContent }) =>
    textContent.replaceAll('\u00a0', ' '),
  );
}

describe('the file of the report', () => {
  test('is the same byte for byte for the same result', () => {
    expect(reportHtml(starvedResult())).toBe(reportHtml(starvedResult()));
  });

  test('is small', () => {
    expect(Buffer.byteLength(reportHtml(starvedResult()))).toBeLessThan(200_000);
    expect(Buffer.byteLength(reportHtml(hostileResult()))).toBeLessThan(500_000);
  });

  test('escapes HTML in names and descriptions', () => {
    const { document } = parseHTML(reportHtml(hostileResult()));
    expect(document.querySelectorAll('script, img, iframe, [onerror]')).toHaveLength(0);
    expect(document.querySelector('h1')?.textContent).toBe(MARKUP);
    expect(document.querySelector('title')?.textContent).toBe(`${MARKUP}: simulation report`);
    expect(document.querySelector('.tier h3')?.textContent).toContain(MARKUP);
    expect(document.querySelector('svg.chart')?.getAttribute('aria-label')).toContain(MARKUP);
  });

  test('has no links and loads nothing', () => {
    const { document } = parseHTML(reportHtml(result()));
    const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]');
    expect(policy?.getAttribute('content')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    );
    const links = [...document.querySelectorAll('[href], [src]')].map((element) =>
      element.getAttribute('href'),
    );
    expect(links).toEqual(['data:,']);
  });

  test('shows scenario, seed, runs, confidence and policies', () => {
    const { document } = parseHTML(reportHtml(result()));
    const facts = document.querySelector('#reading dl.facts')?.textContent.replace(/\s+/g, ' ').trim();
    expect(facts).toBe(
      'ScenarioMonday morning, 12 h from 2026-09-07 08:00 UTC+02:00 Queuessales, service Agents40 ' +
        'Runs and seed10, seed 42: the same command gives the same report Confidence95 % Quota18 calls per second ' +
        'Baselinenone A noneno policyB policiesgold-first: Gold callers reach an agent within three minutes.vip',
    );
  });

  test('begins with the goals of the sets that are compared, each with a sign, the figure and its interval', () => {
    const sets = [NONE, POLICIES].map((set) => ({ ...set, goals: GOALS }));
    const { document } = parseHTML(reportHtml(result({ sets })));
    expect(document.querySelector('section')?.id).toBe('goals');
    const cards = [...document.querySelectorAll('#goals .card')];
    expect(cards.map((card) => card.querySelector('h3')?.textContent.trim())).toStrictEqual(['B policies']);
    expect(cards[0]?.querySelector('.lead')?.textContent).toBe('Of 3 goals: 1 met, 1 missed, 1 unclear.');
    const figures = [...(cards[0]?.querySelectorAll('.key > div') ?? [])];
    expect(
      figures.map((figure) => [
        figure.className,
        ...[...figure.querySelectorAll('dt, strong, span, em')].map(({ textContent }) =>
          textContent.replaceAll('\u00a0', ' '),
        ),
      ]),
    ).toStrictEqual([
      ['good', 'gold: 80 % within 20s', '83.0 %', '81.0 to 85.0', '✓ met'],
      ['bad', 'bronze: abandoned +2 points at most', '+5.0 points', '+4.0 to +6.0', '✗ missed'],
      [
        'unclear',
        'silver: mean wait 105s at most',
        '1m43s',
        '1m38s to 1m48s',
        '? unclear: the interval includes the limit; more runs narrow it',
      ],
    ]);
  });

  test('judges the baseline by the goals where there is nothing else, and says where a tier has no contacts', () => {
    const [met, missed] = GOALS;
    const goals = [met, { ...missed, contacts: 0, verdict: 'unclear' }].flatMap((goal) => goal ?? []);
    const { document } = parseHTML(reportHtml(result({ sets: [{ ...NONE, goals } as typeof NONE] })));
    expect(document.querySelector('#goals .lead')?.textContent).toBe('Of 2 goals: 1 met, 1 unclear.');
    expect(document.querySelectorAll('#goals dd')[1]?.textContent).toBe('–no contacts? cannot be judged');
    const lead = (goal: (typeof GOALS)[number] | undefined) => {
      const all = { ...NONE, goals: [goal] } as typeof NONE;
      return parseHTML(reportHtml(result({ sets: [all] }))).document.querySelector('#goals .lead')
        ?.textContent;
    };
    expect(GOALS.map(lead)).toStrictEqual([
      'The goal is met.',
      'The goal is missed.',
      'These runs do not show whether the goal is met.',
    ]);
  });

  test('shows starvation, or its absence, at the top', () => {
    const starved = parseHTML(reportHtml(starvedResult())).document;
    expect(starved.querySelector('#verdict .alarm')?.textContent).toContain(
      'The policy set harsh starves bronze',
    );
    const healthy = parseHTML(reportHtml(result())).document;
    expect(healthy.querySelector('#verdict .alarm')).toBeNull();
    expect(healthy.querySelector('#verdict .no-starvation')?.textContent).toBe(
      'No policy set starves a tier.',
    );
    const single = parseHTML(reportHtml(result({ runs: 1 }))).document;
    expect(single.querySelector('#verdict .no-starvation')?.textContent).toBe(
      'One run cannot show starvation: simulate at least two.',
    );
  });

  test('has a table of each tier with the figures of its charts', () => {
    const { document } = parseHTML(reportHtml(result()));
    const rows = [...(document.querySelector('.tier .table')?.querySelectorAll('tr') ?? [])].map(cells);
    expect(rows).toEqual([
      ['', 'A none', 'B policies'],
      ['Contacts', '4,000', '4,000'],
      ['Service level (20 seconds)', '18.1 % (16.1 to 20.1)', '55.1 % (53.1 to 57.1)'],
      ['Abandoned', '10.0 % (9.0 to 11.0)', '2.5 % (1.5 to 3.5)'],
      ['Mean wait, s', '100 (95 to 105)', '25 (24 to 26)'],
      ['Median wait, s', '69', '17'],
      ['p90 wait, s', '230', '58'],
      ['p99 wait, s', '461', '115'],
      ['Longest wait of a run, on average, s', '800', '200'],
      ['Escalated', '0.0 %', '40.0 % (38.0 to 42.0)'],
    ]);
  });

  test('one run has bars without error bars', () => {
    const exact = ({ tiers, ...set }: SimulationResult['sets'][number]) => ({
      ...set,
      tiers: tiers.map((each) => ({
        ...each,
        serviceLevel: about(each.serviceLevel.value),
        abandoned: about(each.abandoned.value),
        meanWaitSeconds: about(each.meanWaitSeconds.value),
        ...(each.change && {
          change: { ...each.change, meanWaitSeconds: about(each.change.meanWaitSeconds.value) },
        }),
      })),
    });
    const { document } = parseHTML(reportHtml(result({ runs: 1, sets: [exact(NONE), exact(POLICIES)] })));
    expect(document.querySelectorAll('.bar rect')).toHaveLength(2 * 3 * 2 + 3);
    expect(document.querySelectorAll('.whisker path, .whisker-end line')).toHaveLength(0);
  });

  test('a tier without contacts has a remark instead of charts', () => {
    const empty = tier('platinum', 1, { contacts: 0 });
    const { document } = parseHTML(
      reportHtml(result({ sets: [NONE, POLICIES].map((set) => ({ ...set, tiers: [...set.tiers, empty] })) })),
    );
    const card = document.querySelectorAll('.tier')[3];
    expect(card?.textContent).toBe('platinumThis tier had no contacts.');
    expect(card?.querySelectorAll('svg')).toHaveLength(0);
  });

  test('has the figures of each half hour, with the unit in the head of a column', () => {
    const { document } = parseHTML(reportHtml(result()));
    const tables = [...document.querySelectorAll('#half-hours table')];
    expect(tables).toHaveLength(4);
    const rows = [...(tables[3]?.querySelectorAll('tr') ?? [])];
    expect(rows).toHaveLength(25);
    expect(cells(rows[0])).toEqual([
      'From',
      'Arrivals',
      ...['A', 'B'].flatMap((set) => [
        `${set} service level`,
        `${set} abandoned`,
        `${set} speed of answer, s`,
      ]),
    ]);
    expect(cells(rows[6])).toEqual(['10:30', '16.0', '40.0 %', '10.0 %', '95', '64.0 %', '6.0 %', '59']);
    expect(cells(rows[24])).toEqual(['19:30', '0.0', '–', '–', '–', '–', '–', '–']);
  });

  test('says who went first in the story of a contact, and by which policy', () => {
    const { document } = parseHTML(reportHtml(result()));
    const stories = [...document.querySelectorAll('.timeline')].map((card) =>
      [...card.querySelectorAll('p')].map(({ textContent }) => textContent),
    );
    expect(stories).toEqual([
      ['Nobody who came later was answered before it left.'],
      [
        '1 contact that came later was answered before it left: 1 of silver (without a policy).',
        'It was answered before 12 contacts that had waited for longer: 12 of bronze, raised by gold-first.',
      ],
    ]);
  });

  test('has no comparison of one set, and no timeline of sets without one', () => {
    const [none] = result().sets;
    const { timeline: _, ...withoutTimeline } = none as NonNullable<typeof none>;
    const { document } = parseHTML(reportHtml(result({ sets: [withoutTimeline] })));
    const sections = [...document.querySelectorAll('section')].map(({ id }) => id);
    expect(sections).toEqual(['verdict', 'tiers', 'half-hours', 'calls', 'reading']);
  });
});
