import { placeRephrasings } from './place-rephrasings.ts';
import { type Rephrasing, rule } from './rephrasing.ts';
import { thingRephrasings } from './thing-rephrasings.ts';

const ask = '(?:what|how much(?: money| revenue)?)';
const help = '(?:do|does|did|has|have|can|would)';
const gives =
  '(?:spend|spent|pay|paid|bring|brings|brought|generate|generates|yield|yields|earn|earns|earned|make|makes|leave|leaves|contribute)(?: (?:us|in|behind|with us|for us))*';
const one = '(?:an?|one|each|every|(?:the|our|an|your)? ?(?:average|typical|usual|mean)|a single)';
const visit = '(?:orders?|purchases?|visits?|sessions?|transactions?)';
const person = '(?:customers?|buyers?|shoppers?|visitors?|users?|people|ppl)';
const per = '(?:per|each|(?:for|with|on|in) (?:each|every|one|an?|their))';
const spends = `(?:${help} |who )(?<x>(?:[^ ]+ ){0,7}?)(?:spends?|pays?|spent)`;
const whose = '(?<y>(?: (?:from|in|on|via|with|of|by|who|that) [^ ]+(?: [^ ]+){0,2}?)?)';

/** In the order in which they are tried; each at most once. */
export const rephrasings: readonly Rephrasing[] = [
  // «than a new one»: of the same kind as what was named before.
  {
    from: rule(
      `(?<noun>${person}|${visit})(?<mid>(?: [^ ]+)*? (?:than|vs|versus|against|compared to|compared with|and|or)(?: an?| the)? (?!(?:the|an?|this|that|each|which|last|first|second|only|any|no|exactly|just|about|at|with|in|by) )[^ ]+) ones?`,
    ),
    to: '$noun $mid $noun',
  },
  // «how much does a returning buyer spend per order»
  {
    from: rule(`${ask}(?: more| less)? ${help} (?<x>(?:[^ ]+ ){1,7}?)${gives}(?: more| less)? ${per} (?<noun>${visit})`),
    to: 'revenue per $noun $x',
  },
  { from: rule(`${spends} (?:more|(?:the )?most) ${per} (?<noun>${visit})`), to: 'highest revenue per $noun $x' },
  { from: rule(`${spends} (?:less|(?:the )?least) ${per} (?<noun>${visit})`), to: 'lowest revenue per $noun $x' },
  // «what does the average visitor from germany bring us», «what is a mobile visit worth»
  {
    from: rule(`${ask} ${help} ${one} (?<x>(?:[^ ]+ ){0,3}?)(?<noun>${visit}|${person})${whose} ${gives}(?: on average)?`),
    to: 'revenue per $x $noun $y',
  },
  {
    from: rule(
      `(?:what is|whats|how much is|what are|how much are|what was) (?:${one} )?(?<x>(?:[^ ]+ ){0,3}?)(?<noun>${visit}|${person})${whose} worth(?: to us| for us| on average)*`,
    ),
    to: 'revenue per $x $noun $y',
  },
  // «how much do customers in nz spend on average»
  {
    from: rule(
      `${ask} ${help} (?<x>(?:[^ ]+ ){0,3}?)(?<noun>${person})(?<y>(?: [^ ]+){0,5}?) (?:spend|pay|spent)(?: with us)? (?:on average|each|per head|per person|typically|usually)`,
    ),
    to: 'revenue per $x $noun $y',
  },
  {
    from: rule(
      `${ask} ${help} (?<x>(?:[^ ]+ ){0,3}?)(?<noun>${person})(?<y>(?: [^ ]+){0,5}?) (?:spend|pay|spent)(?: with us)?(?! (?:with|by|via|using|through|for) )`,
    ),
    to: 'revenue $x $noun $y',
  },
  // «what do customers pay with», «how do people in france pay»
  {
    from: rule(
      `(?:what ${help} (?<x>(?:[^ ]+ ){0,3}?)(?<noun>${person})(?<y>(?: [^ ]+){0,5}?) (?:pay|paid)(?: usually| mostly)? (?:with|by|via)(?! us)|how ${help} (?<x2>(?:[^ ]+ ){0,3}?)(?<noun2>${person})(?<y2>(?: [^ ]+){0,5}?) (?:usually |mostly |like to )?pay(?! for))`,
    ),
    to: 'orders by payment type $x $y $x2 $y2',
  },
  // «how many things do people put in one basket», «how many pages does a visitor look at»
  {
    from: rule(
      `how many (?:things|items|articles|products|pieces|units) ${help} (?<x>(?:[^ ]+ ){0,4}?)(?:put|have|buy|get|order|purchase) (?:in|into|per|with|at) (?:an?|one|each|their|every) (?:basket|cart|order|bag|purchase|go)`,
    ),
    to: 'units per order $x',
  },
  {
    from: rule(
      `how many pages ${help} (?:an?|one|each|every|the average|the typical) (?<x>(?:[^ ]+ ){0,3}?)(?<noun>${visit}|${person})${whose} (?:look at|view|see|visit|open|have|read|click through)`,
    ),
    to: 'pages per session $x $y',
  },
  // «by how much did», «biggest order day»
  {
    from: rule(
      '(?:biggest|largest|highest|best|strongest) (?:order|sales|orders) (?<unit>days?|weeks?|months?|hours?|weekdays?|countr(?:y|ies)|cit(?:y|ies))',
    ),
    to: 'most orders $unit',
  },
  { from: rule('(?<noun>orders?|purchases?|sales?|baskets?) of the (?<unit>year|month|week|quarter)'), to: '$noun this $unit' },
  // «what do we make per visitor»
  {
    from: rule(`${ask} (?:do|does|did|have|can) (?:we|the shop|you guys) (?:make|made|earn|earned|take|get|bring in) ${per}`),
    to: 'revenue per',
  },
  // «which campaigns didn't bring a single order»
  {
    from: rule(
      '(?:did not|didnt|dont|do not|does not|doesnt|never) (?:bring|brought|make|made|generate|generated|get|got|have|had|produce|win|yield)(?: us| in)*(?: an?| any| a single| even one)? (?<what>orders?|sales?|purchases?|revenue|sessions?|visits?|clicks?|views?)',
    ),
    to: 'had no $what',
  },
  // «break revenue down for me by channel», «who converts better, a or b», «which one of them»
  { from: rule('break (?<x>(?:[^ ]+ ){1,5}?)down(?: for me| for us)?'), to: '$x' },
  {
    from: rule(
      'who (?<x>(?:gets?|has|have|had|got|spends?|sells?|sold|converts?|converted|buys?|bought|orders?|brings?|stays?|bounces?|leaves?|searches|clicks?|does|did|makes?|made|performs?|performed|is|are) (?:[^ ]+ )*?(?:or|vs|versus) )',
    ),
    to: '$x',
  },
  {
    from: rule(
      '(?<x>(?:or|vs|versus) (?:[^ ]+ )*?)who (?=(?:gets?|has|have|had|got|spends?|sells?|sold|converts?|buys?|orders?|brings?|stays?|is|are|does|did|makes?) )',
    ),
    to: '$x',
  },
  {
    from: rule('which (?:one|of them|of these|of those|of the two|of both|of the pair)(?: of (?:them|these|those|the two))?'),
    to: 'which',
  },
  { from: rule('what would (?:you say|be|have been|it be)'), to: 'what is' },
  ...thingRephrasings,
  ...placeRephrasings,
];
