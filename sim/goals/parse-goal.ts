import { durationSeconds } from '../../lambda/domain/duration.ts';
import type { Goal } from './goal.ts';

/** The forms of a goal, for error messages. */
export const GOAL_FORM =
  'a goal such as "90 % within 60s", "abandoned 5 % at most", "abandoned +2 points at most", "mean wait 45s at most", "mean wait +10s at most" or "10m at most"';

const ANSWERED = /^(?:answered )?(\d+(?:\.\d+)?) ?% within (\S+)$/;
const ABANDONED = /^abandoned (\d+(?:\.\d+)?) ?%$/;
const ABANDONED_CHANGE = /^abandoned \+(\d+(?:\.\d+)?) ?points?$/;
const MEAN = /^mean(?: wait)? (\+)?(\S+)$/;
const LONGEST = /^(?:longest wait )?(\S+)$/;
const AT_MOST = /\bat most\b/;

/** Parses one goal as people write it; undefined where it has none of the forms. */
export function parseGoal(tier: string, text: string): Goal | undefined {
  const words = text.trim().replaceAll(/\s+/g, ' ');
  const [, share, within] = ANSWERED.exec(words) ?? [];
  if (share !== undefined) {
    const withinSeconds = durationSeconds(within ?? '') ?? 0;
    if (withinSeconds < 1 || !isPercentage(share) || Number(share) === 0) return undefined;
    return { tier, text, figure: 'answered', withinSeconds, isChange: false, limit: Number(share) / 100 };
  }
  if (!AT_MOST.test(words)) return undefined;
  const rest = words.replace(AT_MOST, '').replaceAll(/\s+/g, ' ').trim();
  return parseAbandoned(tier, text, rest) ?? parseWait(tier, text, rest);
}

function parseAbandoned(tier: string, text: string, rest: string): Goal | undefined {
  const [, share] = ABANDONED.exec(rest) ?? [];
  const [, points] = ABANDONED_CHANGE.exec(rest) ?? [];
  const percentage = share ?? points;
  if (percentage === undefined || !isPercentage(percentage)) return undefined;
  const isChange = points !== undefined;
  return { tier, text, figure: 'abandoned', isChange, limit: Number(percentage) / 100 };
}

function parseWait(tier: string, text: string, rest: string): Goal | undefined {
  const [, plus, mean] = MEAN.exec(rest) ?? [];
  const seconds = durationSeconds(mean ?? LONGEST.exec(rest)?.[1] ?? '');
  if (seconds === undefined || seconds < 0 || (mean === undefined && seconds === 0)) return undefined;
  const figure = mean === undefined ? 'longest' : 'mean';
  return { tier, text, figure, isChange: plus !== undefined, limit: seconds };
}

function isPercentage(text: string): boolean {
  return Number(text) <= 100;
}
