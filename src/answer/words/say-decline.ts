import type { DataFacts } from '../../glossary/data-facts.ts';
import type { Glossary } from '../../glossary/glossary-schema.ts';
import type { DeclineReading } from '../../glossary/reading.ts';
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
    case 'too_long':
      return 'That is too long for one question. Ask for one number at a time, for instance “revenue by channel last month”.';
    case 'no_data':
      return 'The tables are empty. Refresh first, then ask again.';
    case 'not_yet':
    case 'not_supported':
      return `I can't answer ${subject} yet, and half an answer could mislead.`;
    default:
      return `I can't answer that: ${subject}.`;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
