import { type Rephrasing, rule } from './rephrasing.ts';

const people = '(?:our |the |most )?(?:customers?|buyers?|shoppers?|visitors?|users?|people|ppl|they|folks|someone|somebody)';
const nothing = '(?:nothing|empty|blank|no results?|no hits?|zero results?|zero hits?|without (?:a )?results?|not find anything)';

/** Searches, forms, pages and prices: what is told of them by a verb. */
export const thingRephrasings: readonly Rephrasing[] = [
  // «what are visitors looking for»
  {
    from: rule(
      `what (?:are|do|did|were|is) ${people} (?:look|looking|looked|search|searching|searched|hunting|hunt|asking|ask) for(?! (?:without|and|but) )`,
    ),
    to: 'searches by search term',
  },
  // «how often does the search return nothing», «searches that come up empty»
  {
    from: rule(
      `(?:the )?search(?:es)?(?: that| which)? (?:return|returns|returned|find|finds|found|come up|comes up|came up|coming up|bring up|give|gives|yield|yields|show|shows|end|ends|ended|deliver|delivers)(?: with| back| up| in)* ${nothing}`,
    ),
    to: 'searches without results',
  },
  // «which form do people give up on», «at which field do people get stuck»
  {
    from: rule(
      `(?<which>which|what) (?<form>forms?) (?:do|are|did|does) ${people} (?:give up|giving up|abandon|leave|quit|drop|not finish|break off)(?: on| unfinished| most| half done)*`,
    ),
    to: 'abandoned forms by $form highest first',
  },
  {
    from: rule(
      `(?:(?:at|on|in|with) )?(?<which>which|what) (?<field>(?:form )?fields?) (?:do|are|did|does) ${people} (?:get stuck|getting stuck|stuck|struggle|struggling|fail|failing|give up|stumble|have trouble|have problems|go wrong)(?: on| with| at| in)?`,
    ),
    to: 'form errors by form $field highest first',
  },
  {
    from: rule(
      '(?<which>which|what) (?:of the )?(?<field>(?:form )?fields?) (?:make|makes|cause|causes|causing|give|gives|has|have|is|are)(?: us| people| users| customers)? (?:the )?(?:most |biggest )?(?:trouble|troubles|problems?|difficult(?:y|ies)|issues?|grief|pain)',
    ),
    to: 'form errors by form $field highest first',
  },
  // «which products do people look at but rarely buy»
  {
    from: rule(
      `(?:which|what) (?<what>products?|items?|articles?|brands?|categor(?:y|ies)) (?:(?:do|are|did|get|gets|were) )?(?:${people} )?(?:often |frequently |a lot )?(?:look at|looked at|looking at|view|viewed|viewing|see|seen|visit|visited|check out)(?: a lot| often| frequently)? (?:but|yet|and) (?:are |is |get |then )?(?:rarely|seldom|hardly|hardly ever|barely) (?:buy|buying|bought|ordered|order|purchased|purchase|get bought|sold|sell)`,
    ),
    to: 'lowest buy to view rate by $what',
  },
  // «which pages take the longest to load»
  {
    from: rule('(?:take|takes|took|taking|need|needs) (?:the )?(?:longest|most time|most|longer)(?: time)? (?:to load|loading)'),
    to: 'slowest',
  },
  {
    from: rule('(?:take|takes|took|taking|need|needs) (?:the )?(?:shortest|least time|least)(?: time)? (?:to load|loading)'),
    to: 'fastest',
  },
  // «who converts better from view to purchase»
  {
    from: rule(
      '(?:converts?|converted|conversion(?: rate)?)(?<how> better| best| worse| worst)? from (?:product )?(?:view|views|viewing) to (?:purchase|order|buying|sale)',
    ),
    to: '$how buy to view rate',
  },
  // «most expensive products», «average price of headphones sold»
  {
    from: rule(
      '(?:most expensive|priciest|dearest|highest priced) (?<what>products?|items?|articles?|brands?|categor(?:y|ies))(?: sold)?',
    ),
    to: 'highest average price by $what',
  },
  {
    from: rule(
      '(?:cheapest|least expensive|lowest priced) (?<what>products?|items?|articles?|brands?|categor(?:y|ies))(?: sold)?',
    ),
    to: 'lowest average price by $what',
  },
  {
    from: rule(
      '(?:average |avg |mean )?(?:selling )?price of (?<what>(?:(?!(?:items?|products?|goods|articles?) )[^ ]+ ){1,4})sold',
    ),
    to: 'average selling price $what',
  },
];
