/** What a shop asks and this house does not answer yet: declined by name, with the nearest question that it does answer. */
interface LaterKind {
  /** Goes into a sentence: «I can't work out retention cohorts yet». */
  readonly subject: string;
  readonly words: string;
  readonly nearest: { readonly label: string; readonly question: string };
}

/** Kinds by id. Each goes away when its file in `metrics` is written. */
export const laterKinds: Readonly<Record<string, LaterKind>> = {
  why: {
    subject: 'what is behind a change',
    words: `why, why is, why are, why did, why do, why does, why was, why were, how come, whats going on, what is going on, whats wrong, what is wrong, what went wrong, whats going wrong, what is going wrong, going wrong, wrong with, what goes wrong, what happened, what happened to, whats happening, reason for, reasons for, reason, reasons, cause of, causes of, the cause, what causes, what is causing, whats causing, root cause, explain, explanation, whats behind, what is behind, what drives, what drove, whats driving, what is driving, driving factors, what caused, driver of, drivers of, due to, because of, because, caused by, responsible for, to blame for, to blame, blame, attributable to, owing to, explained by, stem from, stems from, stemming from, culprit, culprits, behind the drop, behind the fall, behind the decline, behind the increase, behind the rise, behind the growth, behind the change, behind this, behind it, explains, what makes, what made, whats up with`,
    nearest: {
      label: 'Conversion rate against before',
      question: 'conversion rate by device last 28 days vs the 28 days before',
    },
  },
  ranked_change: {
    subject: 'a ranking by how much a number changed',
    words: `growing fastest, fastest growing, grow fastest, grows fastest, grew fastest, growing the fastest, growing faster, slowest growing, growing slowest, declining fastest, fastest declining, falling fastest, dropping fastest, rising fastest, fastest rising, grew the most, grew most, grow the most, growing the most, growing most, growing strongest, strongest growth, biggest growth, highest growth, lost the most, dropped the most, fell the most, declined the most, improved the most, changed the most, biggest winners, biggest losers, winners and losers, top movers, biggest movers, biggest gainers`,
    nearest: { label: 'Revenue by channel against before', question: 'revenue by channel last 28 days vs the 28 days before' },
  },
  cohorts: {
    subject: 'retention cohorts',
    words: `retention, retention rate, retention cohorts, cohort, cohorts, cohort analysis, user retention, customer retention, retained, still active, still coming, still visiting, still buying, still around, are still, stick around, come again, came again, come back, comes back, came back, coming back, return to the site, return rate of users, returned later, buy again, bought again, purchase again, order again, second purchase, second order, day 7 retention, day 30 retention, d7 retention, d30 retention, survival`,
    nearest: { label: 'Returning users by week', question: 'returning users by week last 12 weeks' },
  },
  ltv: {
    subject: 'lifetime value',
    words: 'ltv, clv, cltv, lifetime value, customer lifetime value, life time value, lifetime revenue',
    nearest: { label: 'Revenue per buyer', question: 'revenue per buyer last 90 days' },
  },
  between_orders: {
    subject: 'the time between orders',
    words: `between 1st and 2nd order, between first and second order, between 1st and 2nd purchase, between first and second purchase, between orders, between purchases, time between orders, days between orders, days between purchases, time between purchases, reorder interval, days between`,
    nearest: { label: 'Repeat purchase rate', question: 'repeat purchase rate last 90 days' },
  },
  touchpoints: {
    subject: 'the sessions before a first order',
    words: `touchpoints, touchpoint, touch points, sessions before purchase, visits before purchase, sessions before buying, visits before buying, sessions until purchase, before purchase, before purchasing, before buying, before they buy, before ordering, before the first order, assisted conversions, attribution model, multi touch, attribution, first vs last touch, first touch vs last touch, last touch vs first touch, first click vs last click`,
    nearest: { label: 'Days to the first order', question: 'days from first visit to first order last 90 days' },
  },
  paths: {
    subject: 'paths from page to page',
    words: `back and forth, bounce back and forth, user path, user paths, user flow, user flows, navigation path, navigation paths, page flow, page flows, click path, click paths, clickpath, next page, previous page, pages before, pages after, page after, page before, which page next, where do they go next, go next, went next, do after, do next, done next, happens next, happen next, what next, after they, after visiting, after seeing, after reading, after looking, after having seen, look at after, looked at after, view after, see after, buy after, visit after, go after, goes after, go from there, go from here, sankey, user journey, user journeys, customer journeys, page sequence, sequence of pages, loops, flow between, flow from, and then, then leave, afterwards, after searching, after viewing, after adding, after search, after landing, after that, clicked next, do they click, do people click, which product do they click, come from before`,
    nearest: { label: 'Exits by page', question: 'exits and exit rate by page last 28 days' },
  },
  bought_together: {
    subject: 'products bought together',
    words: `bought together, purchased together, buy together, bought with, purchased with, cross sell, cross-sell, cross selling, market basket, basket analysis, frequently bought, also bought, also buy, also bought with, goes with, together in the cart, combination of products, product combinations, product affinity, affinity`,
    nearest: { label: 'Products by units sold', question: 'top 10 products by units sold last 28 days' },
  },
  never_bought: {
    subject: 'products that were viewed and not bought',
    words: `never bought, not bought products, viewed but not bought, viewed but never bought, never purchased, never sold, not sold, dont sell, do not sell, without sales, without a sale, no sales, with no sales, zero sales, unsold, never ordered, but not bought, but never bought, but never purchased, but not purchased, but dont buy, but not sold, but never sold, never sell, never sells, did not sell, didnt sell, are not selling, not selling, nobody bought, nobody buys, nobody buying, no one bought, no one buys, noone bought, noone buys, no one ordered, nobody ordered, without any sales, have no sales, had no sales, zero units, slow movers, shelf warmers, most viewed but`,
    nearest: { label: 'Worst buy-to-view rate', question: 'bottom 10 products by buy-to-view rate last 28 days' },
  },
  pain: {
    subject: 'a ranking of pain points',
    words: `pain points, pain point, painpoints, painpoint, biggest problems, biggest issues, main problems, main issues, usability issues, ux issues, ux problems, frustration, frustrations, frustrated, frustrating, friction, friction points, struggle, struggles, struggling, quick wins, low hanging fruit, what should we fix, should we fix, fix first, which step should we fix, what to fix, improve first, optimise first, optimize first, biggest opportunity, opportunities, most potential, untapped, where do we lose money, losing money, lose money, annoying, annoyed, broken, is the site broken, not working, works badly, issues, problems`,
    nearest: { label: 'Rage clicks by page', question: 'rage clicks by page last 28 days' },
  },
  anomalies: {
    subject: 'what is out of the ordinary',
    words: `anything weird, anything odd, anything unusual, anything strange, anything special, anything wrong, anything interesting, anything suspicious, weird, odd, unusual, strange, anomaly, anomalies, anomalous, outlier, outliers, suspicious, abnormal, spike, spikes, out of the ordinary, notable, noteworthy, highlights, alert, alerts, alert me, unexpected, stands out, insights, insight, interesting`,
    nearest: { label: 'Revenue by day', question: 'sessions and revenue by day last 28 days' },
  },
  effect: {
    subject: 'the effect of one thing on another',
    words: `effect of, effect on, effects on, effect, impact, impact of, impact on, influence, influence of, influences, correlation, correlate, correlates, correlated, correlation between, relationship between, depend on, depends on, lead to, leads to, hurt, hurts, hurting, harm, harms, harmed, damage, damages, damaged, cost us, costs us, costing us, costed us, kill, kills, killing, cannibalise, cannibalize, affect, affects, affected, affecting, linked to, does it matter, significance, significant, significantly, statistically, a/b test, ab test, split test, experiment, variant a, uplift from, before and after, release, last release, since last release, redesign, relaunch, launch, new design, new checkout`,
    nearest: { label: 'Conversion by week', question: 'conversion rate by week last 12 weeks' },
  },
  against_average: {
    subject: 'groups against their average',
    words: `below average, under average, above average, over average, below the average, under the average, above the average, over the average, better than average, better than the average, worse than average, worse than the average, lower than average, lower than the average, higher than average, higher than the average, than average, than the average, beat the average, beats the average, below the mean, above the mean, under the mean, over the mean, below our average, above our average, under our average, over our average`,
    nearest: {
      label: 'Conversion rate by landing page',
      question: 'conversion rate by landing page, lowest first, last 28 days',
    },
  },
  running_total: {
    subject: 'running totals',
    words: 'running total, cumulative, cumulated, accumulated, cumulatively, running sum, cumulative sum, burn up',
    nearest: { label: 'Revenue by day', question: 'revenue by day last 28 days' },
  },
  spread: {
    subject: 'medians, percentiles and other spreads of this number',
    words:
      'median, percentile, percentiles, p50, p90, p95, p99, 90th percentile, 95th percentile, quartile, quartiles, standard deviation, stddev, variance, histogram, distribution curve, mode, decile, deciles, quantile, quantiles',
    nearest: { label: 'Average order value', question: 'average order value last 28 days' },
  },
  targets: {
    subject: 'targets and goals',
    words:
      'target, targets, goal, goals, plan vs actual, on track, on target, benchmark, benchmarks, industry average, competitor, competitors, competition, budget vs actual, market share, quota, okr, okrs',
    nearest: { label: 'Revenue against before', question: 'revenue last 28 days vs the 28 days before' },
  },
  user_lists: {
    subject: 'lists of single users, sessions or orders',
    words:
      'list of customers, list of users, list customers, list users, customer list, user list, session ids, user ids, order ids, order id, individual orders, individual users, raw events, raw data, every single, which users, which customers, which user, which customer, which visitors, top customers, best customers, vip customers, biggest customers, top users, most valuable customers, list all orders, biggest orders, largest orders, highest orders, top orders, top buyers, best buyers, biggest buyers, which person, who bought, who are our best',
    nearest: { label: 'Buyers by country', question: 'buyers by country last 28 days' },
  },
};
