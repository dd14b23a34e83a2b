import { type Rephrasing, rule } from './rephrasing.ts';

const begins =
  '(?:land|lands|landed|landing|begin|begins|began|begun|beginning|start|starts|started|starting|enter|enters|entered|entering|open|opened|opening|arrive|arrived|arriving|come in|came in|coming in)';
const person = '(?:(?:the |our |most )?(?:customers?|buyers?|shoppers?|visitors?|users?|people|ppl|they|folks))';
const leaves =
  '(?:leave|leaves|leaving|left|quit|quitting|drop off|drop out|dropping off|dropping out|exit|exiting|give up|giving up|disappear|bail|bail out|bailing out|go away|abandon us|end their visit|end their session)';
const aPage = '(?=(?: §| (?:(?!(?:by|per|and|vs|or|in|which|what) )[^ \\d¤§]+ ){0,3}(?:pages?|articles?|posts?|homepage)) )';
const those =
  '(?:they|those people|these people|those users|these users|those visitors|these visitors|those sessions|these sessions|those|these|it|that)';

/** Where a visit began, ended and came from. */
export const placeRephrasings: readonly Rephrasing[] = [
  // «visits that begin on a blog article», «whose first page was /lp/spring»
  {
    from: rule(
      `(?:(?:that|which|who) )?${begins}(?: (?:their|the|its|a) (?:visit|session|journey))?(?: the (?:shop|site|store))?(?: (?:on|at|with|from|via|through|by))(?: (?:the|an?|our|one of our))?${aPage}`,
    ),
    to: 'landing page',
  },
  // The second side of a comparison says it once more.
  {
    from: rule(
      `(?<mid>landing page [^ ]+ (?:vs|versus|and|or|against|compared to|compared with) (?:[^ ]+ )?)(?:(?:that|which|who) )?${begins}(?: (?:on|at|with|from|via|through|by))(?: (?:the|an?|our|one of our))?${aPage}`,
    ),
    to: '$mid landing page',
  },
  // «on which pages are people leaving», «which page loses us the most visitors»
  {
    from: rule(
      `(?:(?:on|at|from) )?(?:which|what) (?:of our )?(?<page>pages?|urls?) (?:are|is|do|does|did|were|have|has) ${person} ${leaves}(?! (?:the|our) (?:site|shop|store|website))(?: (?:from|on|at))?`,
    ),
    to: 'sessions by exit page',
  },
  {
    from: rule(
      `(?:which|what) (?:of our )?pages? (?:loses?|lost|costs?|do we lose|are we losing|did we lose)(?: us)?(?: the)?(?<most> most| least)?(?: of)?(?: our)? (?:customers?|buyers?|shoppers?|visitors?|users?|people)(?: on)?`,
    ),
    to: 'exits by page $most',
  },
  // «404s by page, and where do those people come from»
  {
    from: rule(
      `(?<x>[^ ]+ (?:[^ ]+ )*?)(?:and )?(?:from )?where (?:do|did|are|were) ${those} (?:come|came|coming)(?: (?:here|in))?(?: from)?`,
    ),
    to: '$x by referrer',
  },
  {
    from: rule(`(?<x>[^ ]+ (?:[^ ]+ )*?)and where (?:they|those people|these people) (?:come|came|are coming) from`),
    to: '$x by referrer',
  },
  {
    from: rule(
      '(?:when|at what time)(?: of (?:the )?day)? (?:is|are|was|were) (?<x>(?:[^ ]+ ){0,4})(?<rank>busiest|quietest|most active|most busy|least busy)',
    ),
    to: '$rank hour of the day sessions $x',
  },
  // «when do people buy, by hour»
  {
    from: rule(
      'when (?:do|does|did|are|is|were|was) (?<x>(?:[^ ]+ )+(?:by|per) (?:the )?(?:hour|hours|weekday|day|hour of day|hour of the day|day of week|week|month)(?: [^ ]+)*)',
    ),
    to: '$x',
  },
];
