import type { DataFacts } from '../../glossary/data-facts.ts';
import type { Glossary } from '../../glossary/glossary-schema.ts';
import type { DeclineReading } from '../../glossary/reading.ts';
import type { NotComposable } from '../../metrics/reach-check.ts';
import { localDay } from './say-day.ts';

/** Why not, by name: the glossary's reason, or one of the house's own. */
export function declineSentence({ reason, subject }: DeclineReading, glossary: Glossary, facts: DataFacts): string {
  const written = glossary.reasons[reason]?.sentence;
  if (written) return written.replaceAll('{subject}', subject);
  switch (reason) {
    case 'not_tracked':
      return `${capital(subject)} are not tracked, so the number is unknown. It is not 0: no such event has arrived${facts.firstDay ? ` since the data begin on ${localDay(facts.firstDay)}` : ''}.`;
    case 'unknown_value':
      return `The data hold no ${subject}.`;
    case 'language':
      return 'I read English questions. Ask it in English, for instance “sessions by device last week”.';
    case 'sql':
      return 'That is SQL. Send it with /sql, and it passes the guard before it runs.';
    case 'too_long':
      return 'That is too long for one question. Ask for one number at a time, for instance “revenue by channel last month”.';
    case 'no_data':
      return 'There are no data yet. Run /refresh, then ask again.';
    case 'not_yet':
    case 'not_supported':
      return `I can't answer ${subject} yet, and half an answer could mislead.`;
    default:
      return `I can't answer that: ${subject}.`;
  }
}

/** What the composer could not bring together, by name, with what is possible. */
export function notComposableSentence({ code, facts }: NotComposable): string {
  switch (code) {
    case 'dimension_out_of_reach':
      return `${capital(String(facts.metric_label ?? facts.metric ?? 'This number'))} can't be split by ${String(facts.dimension_label ?? facts.dimension).toLowerCase()}: the events that count it don't carry it.`;
    case 'whole_has_no_currency':
      return 'Sessions and users have no currency, so this number has none either. Ask for revenue by currency instead.';
    case 'no_such_period':
      return facts.where === 'compare'
        ? 'The time to compare with does not exist in the calendar.'
        : 'There is no such day in the calendar.';
    case 'no_complete_unit':
      return `${capital(String(facts.label))} holds no complete ${facts.per}, so there is no average per ${facts.per}. Name a longer time.`;
    case 'too_many_buckets':
      return `That is too long to show by ${facts.grain}. Name a shorter time, or a coarser step.`;
    case 'grain_too_fine':
      return `${capital(String(facts.metric_label ?? 'This number'))} is counted by the day, so it has no hours.`;
    case 'not_a_number':
      return `${capital(String(facts.dimension_label ?? 'That'))} is compared with numbers only.`;
    case 'step_twice':
      return `The step “${facts.label}” stands twice in the funnel. Name each step once.`;
    default:
      return "The tables can't bring this together as it was asked.";
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
