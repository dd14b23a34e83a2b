import type { Token } from './tokenise.ts';

/**
 * «please pause the retargeting campaign», «send an email to everyone who …»: the words that ask for a deed and no number, or
 * undefined. It begins a sentence and acts on something, never on what is shown («add aov», «remove the filter»).
 */
export function asksToAct(tokens: readonly Token[]): string | undefined {
  const text = tokens.map((t) => t.text).join(' ');
  const found = acts.exec(text) ?? sends.exec(text);
  return found?.[1] && !shown.test(found[0]) ? found[1].trim() : undefined;
}

const start = '^(?:(?:please|pls|plz|kindly|hey|hi|hello|can you|could you|would you|can we|ok|now|and|,|!|\\.) )*';
const some = '(?:an?|the|my|our|all|every|each|this|that|these|those|any|new|some|everyone|everybody)';
const verbs =
  'put|create|pause|publish|refund|reimburse|cancel|block|ban|delete|erase|raise|increase|lower|reduce|turn off|turn on|switch off|switch on|activate|deactivate|enable|disable|edit|rename|upload|write|reply to|assign|launch|unsubscribe|unpublish|archive|restock|reorder|tag|mark|post|change';
const acts = new RegExp(`${start}((?:${verbs}) ${some} [^ ]+(?: [^ ]+)?)`, 'u');
const sends = new RegExp(
  `${start}((?:send|email|mail|text|push) (?:out )?(?:an?|the|some|our|all|every|everyone|everybody)(?: [^ ]+){0,2}? ?(?:e-?mails?|mailing|newsletter|sms|message|push|vouchers?|coupons?|reminder|invoice|customers?|users?|visitors?|buyers?|team)(?: (?:to|about|for) [^ ]+)?)`,
  'u',
);

/** What changes a shown answer is a follow-up, and a digest is posted. */
const shown =
  /\b(?:filters?|chart|graph|bars?|line|map|table|period|breakdown|grain|metric|measure|dimension|by|per|view|order|sort|top|list of|numbers?|report|digest|figures?|revenue|sales|sessions|orders|users|conversion)\b/u;
