import type { Role } from './meaning.ts';

/** The words that carry a question and no number, by what they do. Phrases are parted by commas. */
export const functionWords: Readonly<Record<Role, string>> = {
  noise: `
    turn into, turns into, turned into, end in, ends in, ended in, end in an, end with, result in, results in, lead to, leads to, led to, go on to, went on to, goes on to, proceed to, continue to, make it to, get to, gets to, got to, in any order, so far, same time, at the same time, at that time, at the same time of day, at the same time of the day, by the same time, at this time of day, by this time, at the same hour, at this point in the day, up to the same time, until the same time, at the same point, worldwide, globally, how big is, how big was, how large is, how high is, how high was, how low is, how good is, pairs of, pieces of, rank, sort, like, the most part, send me, send us, send, post, post to, post it, email me, email us, mail me, schedule, schedule a, remind me, remind me of, notify me, ping me, ping me with, deliver, subscribe me to, digest, digest of, a digest of, a report of, a report on, message me, in our time, our time, our time zone, in our timezone, in our time zone, local time, in local time, shop time, not utc, a, an, our, ours, us, we, i, me, my, mine, you, your, it, its, they, them, their, theirs, this, that, these, those,
    there, here, in terms of, with regard to, with respect to, when it comes to, as regards, sum, select, either, hiya, heya, yo, hallo, howdy, greetings, hey all, hi all, hi team, hey team, any chance, any chance of, any chance i could, any chance we could, would it be possible, would it be possible to, is it possible, is it possible to, possible to, a quick look at, quick look at, a look at, take a look at, have a look at, a quick view of, a view of, see the, a rundown of, rundown of, a feel for, an idea of, a sense of, the full picture of, ta, ta very much, cheers mate, mate, tia, thanks in advance, thanks so much, thank you so much, much appreciated, appreciate it, no rush, when you have a minute, when you get a chance, if possible, if you can, is, are, was, were, be, been, being, am, do, does, did, done, has, have, had, having, can, could,
    may i, may we, please, pls, plz, thx, thanks, thank you, cheers, hi, hello, hey, hi there, ok, okay, well, then,
    quick question, quick, quickly, asap, urgent, fyi, btw, lol, hmm, um, uh, show, show me, show us, give, give me,
    give us, gimme, get, get me, tell, tell me, tell us, let me, let us, lets, list, list of, display, see, look at,
    look, looks, looking, look like, looking like, looking at, look like, check, find, find out, fetch, pull, pull up, return, report, report on, reports,
    want, wanted, need, want to know, would like, id like, like to see, like to know, need to know, wanna, wanna know,
    curious, wondering, i wonder, know, what is, whats, what are, what was, what were, how, hows, howd, howve, whatd, whatve, whered, theres, thats, how is, how are,
    what about our, whats up with, can you, could you, please show, calculate, compute, count, count of, figure,
    figures, figure for, number, numbers, number of, nr of, no of, num of, amount of, total, total number of,
    total amount of, totals, overall, altogether, sum of, volume of, volume, value of, data, data on, stats, statistics,
    stat, kpi, kpis, metric, metrics, info, information, details, shop, store, site, website, webshop, web shop,
    online shop, eshop, e shop, onlineshop, platform wide, sitewide, company, the business, our business, on the site, on our site,
    on the website, in the shop, in our shop, in the store, into, up, out, off, down, such, as, really, actually,
    exactly, currently, at the moment, now, already, roughly, approximately, approx, about how many, ca, circa, still,
    maybe, perhaps, kindly, any, some, much, many, how much, lot, lots, certain, available, respective, respectively,
    self, own, to, happen, happened, happens, occur, occurred, come, comes, coming, came, go, goes, going, went, make,
    makes, made, making, take, takes, took, taking, bring, brings, brought, drive, drives, drove, driving, generate,
    generates, generated, generating, deliver, delivered, delivers, produce, produced, produces, receive, received,
    receives, got, gets, getting, gotten, record, recorded, registered, account for, accounts for, accounted for, send,
    sent, sends, seen, saw, experience, experienced, hit, use, uses, used, using, visit us, visit our, visited, came in,
    land, landed, land on, landing on, land in, landed on, arrive, arrived, arriving, arrive on, place, placed,
    there were, there was, there are, were there, was there, are there, is there, view of, overview of, summary,
    summary of, overview, snapshot, snapshot of, by the way, at all, all together, in all, thing,
    things, table, as a table, as table, in a table, chart, graph, plot, diagram, a chart of, graph of, plot of,
    visualise, visualize, draw, picture, for me, to me, win, won, something, anything, stuff, any idea, r, u, ur, someone, somebody, pie chart, pie chart of, a pie chart of, as a pie chart, pie, donut chart, causes, cause, causing, caused, whether, hm, hmmm, mhm, ah, oh, yes, yep, yeah, ones, nice, great, awesome, perfect, super, cool, thx a lot, many thanks, sure, so, good morning, good evening, good afternoon, good day, morning all, s, t, re, ll, ve, im, ive, bit, kind, kinds,
    type, types, particular, specific, given, corresponding, stand, stands, standing, reach, reached, reaching, run,
    ran, running, worth of, performed, achieve, achieved, see how, let me know, do we get, did we get, did we have,
    do we have, we had, we get, did we make, did we see, do we see, look up, of course, right, per se, e g, i e, eg, ie,
    etc, dear, team, all of our, all our, of our, sir, guys, askstream, hence, thus, fetch me, provide, provide me with,
    present, was it, is it, did it, does it, that we, that were, that was, which were, happening, do people,
    did people, do users, did users, do visitors, do customers, do ppl, do shoppers, are we, were we, are our, is our,
    was our, were our`,
  the: 'the',
  where: 'where, where do, where are, where did, where is, where does',
  population:
    'users, user, visitors, visitor, people, ppl, peeps, folks, persons, person, shoppers, shopper, customers, customer, clients, guys who, sessions, session, visits, visit, traffic, audience, everyone, everybody, anyone',
  by: 'by, per, break that down by, break this down by, break that down per, break these down by, break that by, break this by, split that by, split this by, split them by, slice that by, split by, split up by, split it by, broken down by, broken down per, broken out by, break down by, break it down by, break by, breakdown by, breakdown per, breakdown of, a breakdown by, grouped by, group by, segmented by, segment by, sliced by, slice by, separated by, divided by, pivot by, across, across all, across the, across our, for each, for every, in each, on each, of each, from each, by each, per each, each, every, depending on, according to, split across, distribution by, distribution over, distribution across, by different, among, amongst',
  which:
    'which, what, whose, which of, which of our, which are the, what are the, from which, from what, on which, on what, in which, in what, for which, with which, through which, via which, at which, at what, to which',
  in: 'in, on, at, from, for, via, through, during, within, inside, coming from, came from, come from, comes from, originating from, arriving from, arriving via, belonging to, using the, when they, that use, that used, who use, who used, whose, on the, in the, from the, for the, at the, via the, made on, made via, made in, made from, placed on, placed in, placed via, placed from, that came from, who came from, that come from, who come from, that came via, who came via, filtered to, filter to, filtered by, filter by, filter on, filter, filtered on, limited to, limit to, restricted to, restrict to, focus on, zoom in on, zoom into, drill into, drill down into, that is, which is, who are, that are, live in, living in, based in, located in, by way of, coming in via, coming via, thru, to the, specific to, regarding, concerning, equals, equal to, being, landed from, arrived via, arrived from, driven by, generated by, brought by, attributed to, sent by, referred by, came through, coming through, looked at, look at, looking at, who looked at, that looked at, interested in, who viewed, that viewed',
  not: 'instead of, not, no, non, without, without the, without any, neither, neither from, neither the, ex, ex., w/out, sans, bar the, save for, with the exception of, excluding, exclude, excludes, excluded, excl, excl., except, except for, except from, other than, outside, outside of, outside the, not in, not on, not from, not via, not counting, not including, but not, minus, ignoring, ignore, leaving out, leave out, apart from, aside from, besides, filter out, filtering out, w/o, wo, remove, drop out, omit, omitting, that are not, who are not, is not, are not, isnt, arent, dont, doesnt, didnt, did not, do not, does not, anything but, everything but, all but, never, never mind',
  only: 'only, just, solely, exclusively, only for, just for, only on, just on, only in, just in, only from, just from, only the, just the, nothing but, purely',
  include: 'including, include, included, incl, incl., inclusive, also count, also counting, counting, plus also',
  versus:
    'vs, v, vs., versus, compares to, compares with, compared against, stack up against, stacks up against, as against, compared to, compared with, compare to, compare with, in comparison to, in comparison with, comparing to, against, relative to, as opposed to, opposed to, over against, rather than, as compared to, as compared with, vs the, versus the, contrasted with, contrast with, stacked against, beat, beats, outperform, outperforms, outperformed, outsell, outsold',
  and: 'and, &, n, +, plus, as well as, and the, along with, together with, alongside, and also',
  or: 'or, or the, nor, nor the, nor from',
  of: 'of those who, of those that, of everyone who, out of those who, out of everyone who, of, of all, of the, of all the, out of, out of all, among all, s',
  with: 'with, w/, having, has, that have, who have, which have, w, that had, who had, along',
  also: 'also, additionally, add, and add, in addition, as well, too, too please, on top, further, and further, also split, also split by, and also by, further by, and split by, then by, add a breakdown by, also by',
  instead:
    'instead, rather, make it, make that, change to, change it to, change that to, switch to, swap to, use, try, actually, replace with, do it for, do that for, i meant, sorry i meant, i mean',
  about:
    'what about, how about, and what about, and how about, same for, the same for, same thing for, same but, same with, same but for, same question for, and for, and in, and on, and from, now for, now only, and now, now, and the same for, do the same for, repeat for, repeat this for, this for, that for, and with, and by, but, but for, but by, but only, but with, ok and, okay and, same',
  best: 'best first, best, best performing, best-performing, top performing, top-performing, strongest, healthiest, most successful, winning, better',
  worst:
    'worst first, worst, worst performing, worst-performing, poorest, weakest, bottom performing, underperforming, badly performing, poorly performing, poor, bad, problematic, worse, losing',
  high: 'top, highest, most, the most, biggest, largest, greatest, max, maximum, main, major, leading, the highest, most popular, popular, most common, common, most frequent, frequent, most often, often, the biggest, the largest, most important, important, biggest by, highest by, high, higher, more, hottest, number one, first by, most used, most visited, most active, top most, upper, frequently, heaviest, peak, record, commonly, usually, mostly, mainly, the top, most of all',
  low: 'lowest, least, fewest, the least, smallest, bottom, min, minimum, rarest, least popular, the lowest, the fewest, low, lower, less often, rarely, least often, least used, least visited, fewer, tiny, minor, the bottom, smallest by, lowest by, infrequent',
  long: 'longest, shortest',
  busy: 'busiest, peak, busy, quietest, strongest day, most traffic, most crowded, rush, calmest, least busy',
  bestseller:
    'buy most, buy the most, buys most, buying most, order most, order the most, what sells, what sold, what is selling, whats selling, what do people buy, what do customers buy, what are people buying, what are customers buying, what did people buy, what did customers buy, what do they buy, what do shoppers buy, what do visitors buy, best selling, best-selling, bestselling, bestseller, bestsellers, best seller, best sellers, sellers, top selling, top-selling, topseller, topsellers, top seller, top sellers, most sold, sell best, sells best, sold best, selling best, sold most, most bought, bought most, most purchased, purchased most, most ordered, top sold, sold the most, bought the most, sell the most, sells the most, sell most, sells most, selling the most, selling most, most selling, highest selling, highest-selling, hot sellers, are selling best, is selling best, fast selling, top sold by units, worst selling, worst-selling, least selling, least sold, worst sellers, worst seller, slowest selling, slow selling, poorly selling, selling worst, sell worst, sells worst, sold least, sold the least, bought the least, bought least, purchased the least, purchased least, ordered the least, been bought the least, sell the least',
  order_by:
    'sort by, sorted by, sort it by, order by, ordered by, rank by, ranked by, ranking by, sorted on, sort on, in order of, by order of, ordered on, rank them by',
  ascending: 'ascending, asc, lowest first, smallest first, low to high, from low to high',
  descending:
    'descending, desc, highest first, largest first, biggest first, high to low, from high to low, most first, top first',
  share:
    'share, share of, shares, share in, proportion, proportions, proportion of, percentage, percentage of, percentages, percent, percent of, pct, pct of, perc, what percentage of, what percent of, what share of, what proportion of, % of, what % of, fraction, fraction of, what fraction of, how much of, how many of, how big a part of, part of, distribution, distribution of, mix, composition, contribution, contribution to, contribution of, makeup, as a percentage, as percentage, in percent, as percent, in %, as shares, as a share, as share, relative share, portion, portion of, what portion of, how big is the share of, ratio of',
  average:
    'average, avg, avg., mean, on average, on avg, typical, typically, averaged, in average, ave, averages, average number of, avg number of, average of, avg of',
  in_total: 'in total, total so far, grand total, in total so far, altogether so far',
  how_long:
    'how long, how long does it take, how long do they take, how long do people take, how long does it take people, how long do users take, how long until, how many days, in days, days, how quickly, how fast, how much time, time does it take, in minutes, in seconds, minutes, seconds',
  trend:
    'trend, trends, trending, trendline, trend line, over time, over the time, timeline, time line, time series, timeseries, development, evolution, history, historical, historically, progression, progress, course, curve, dead, dying, dying out, evolve, evolved, developed, develop, developing, change over time, changed over time, changes over time, run rate, as a trend, trend of, moving, sparkline',
  change:
    'change, changes, changed, growth, grow, grown, grew, growing, increase, increases, increased, increasing, decrease, decreases, decreased, decreasing, decline, declined, declining, delta, difference, rise, risen, rose, rising, fall, fallen, fell, falling, drop, dropped, dropping, drops, growth rate, shrink, shrunk, shrinking, improve, improved, improving, improvement, went up, gone up, go up, goes up, going up, went down, gone down, go down, goes down, going down, is up, is down, are up, are down, was up, was down, were up, were down, been up, been down, up or down, gain, gained, worsen, worsened, percent change, percentage change, % change, pct change, uplift, change in, growth in, growth of, decline in, increase in, difference in, fluctuation, movement',
  compare:
    'compare, comparing, comparison, comparison of, compared, compares, difference between, differences between, the difference between, between, side by side, next to, head to head, how do, how does, contrast, comparison between',
  split:
    'one line each, a line each, one line per, one bar each, one each, breakdown of, a breakdown of, split, breakdown, broken down, break down, break it down, split up, split it, spread, segmentation, segmented, separately, separate, separated, individually, in detail, detailed, divided, grouped, overview by',
  map: 'map, map of, on a map, as a map, world map, on the map, as map, in a map, map view, choropleth, heat map, heatmap of countries, show on map, on a world map, mapped, a map of',
  line: 'line chart, as a line, line graph, as line, as lines, as a line chart, line plot, as line chart, as a line graph',
  bars: 'bar chart, as bars, bars, bar graph, as a bar chart, column chart, as columns, as a bar graph, as bar chart, barchart, horizontal bars',
  no_picture:
    'no chart, without chart, without a chart, no graph, no picture, without picture, without a picture, just the number, just the numbers, only the number, only numbers, table only, only a table, just a table, just a number, without graph',
  everything:
    'remove the filter, remove filter, remove filters, remove the filters, remove all filters, without the filter, without filter, without filters, without the filters, drop the filter, drop the filters, clear filters, clear the filter, clear filter, reset filters, unfiltered, no filter, no filters, all of them, everything, for all, for everything, overall again, in general, whole shop, the whole shop, entire shop, entire site, whole site, across the board, for everyone, all',
  complement:
    'the rest of the week, rest of the week, the other days, other days, all other days, the remaining days, rest, the rest, rest of, the rest of, everything else, all others, all other, others, other, everyone else, the others, those who dont, those that dont, those who do not, those who didnt, those that didnt, those without, the ones without, people who dont, ppl who dont, users who dont, those who did not, those that did not, or not, the remaining, remaining, rest of the world, rest of world, the rest of world, elsewhere, ones who dont, people who do not, users who do not, visitors who dont, visitors who do not, who dont, who do not',
  doing:
    'bring in, brings in, brought in, bringing in, sell, sells, selling, work, works, worked, working out, go, went, doing, do, perform, performing, performed, performance, performance of, how well, fare, faring, fared, kpis of, kpis for, key figures, key numbers, main numbers, main kpis, key metrics, main metrics, results of, results for, results, success of, numbers for, stats for, stats of, stats on, how good, effectiveness of, effective',
  lose: 'step, steps, stage, stages, lose, loose, losing, loosing, lost, losses, loss, drop off, dropoff, drop-off, drop offs, dropoffs, drop-offs, dropping off, drop out, dropout, dropouts, dropping out, fall off, falloff, fall out, abandon, abandoning, abandoned, leave, leaving, left, quit, leak, leaks, leakage, bail, bail out, give up, gave up, stop, get stuck, stuck, falling off, churn out, biggest leak, disappear, exit, exiting',
  in_order:
    'in order, in this order, in that order, in sequence, strict order, strictly, closed, closed funnel, one after the other, one after another, sequentially, ordered funnel, in strict order, strict, step by step in order, in exactly this order, in exact order',
  better_than:
    'less than, more than, fewer than, better than, worse than, more than those from, higher than, lower than, more often than, less than those from, than, better compared to, than those, than the ones, than people who, than users who, than visitors, than users, than people, than on, than in, than for, than from, than via, than with, than people on, than users on, than those who, than those that, than the, more on',
  before:
    'before, vs before, compared to before, than before, to before, earlier, previously, as before, than usual, usual, used to be, normal, than normal, vs usual, compared to usual',
  first_choice:
    'first one, the first one, first, the first, second one, the second, second, third one, the third, fourth one, last one, the last one, option 1, option 2, option 3, option 4',
  how_many: 'how many, how many of our, how often, how often is, how often was, how often did, how many times',
  distinct:
    'how many different, how many distinct, how many unique, how many separate, how many various, number of different, number of distinct, number of unique, nr of different, no of different, count of different, count of distinct, count of unique, distinct count of, unique count of, amount of different',
  together: 'together, taken together, put together, combined, as one, in sum',
  anaphora:
    'run up to, lead up to, leading up to, build up to, saw them, saw it, see them, had them, got them, hit them, hit by them, saw those, saw that, used it, used them, have them, get them, saw one, had one, got one, affected by it, affected by them, affected by that',
};
