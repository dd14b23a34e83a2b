/**
 * Every sentence that the doors say of expected ends: one place, no logic of Slack, so that the command line may say the same.
 * Numbers and names come in as text that is ready to be read.
 */
export const onlyYou = 'Only you see this.';
export const notYours = "You can't use Askstream here.";
export const ownWords = 'You can also answer in your own words here.';
export const keptAway = 'This answer is older than 90 days and its rows are gone.';
export const belowSql =
  'The answer above is SQL, which a reply can’t change: I read this by itself, so nothing of its period and filters is in it.';
export const unreadableFile = 'The attached file isn’t SQL text of at most 200 KB, so I didn’t read it. Paste the SQL instead.';

/** What an empty mention is answered with. */
export const emptyQuestion = {
  bold: 'Ask me about the shop in your own words.',
  rest: 'Name what you want to know and for which time; I say how I read it. For example:',
};

/** Questions that anybody may try, as buttons: label and question. */
export const tryThese: readonly { readonly label: string; readonly question: string }[] = [
  { label: 'How did yesterday go?', question: 'revenue, orders and conversion rate yesterday vs the day before' },
  { label: 'Conversion by device', question: 'conversion rate by device last 28 days' },
  { label: 'Where do we lose people on mobile?', question: 'funnel last 28 days mobile only' },
  { label: 'Top products last week', question: 'top 10 products by revenue last week' },
];

export const externalChannel = {
  text: 'People from another company are in this channel, so I do not show shop numbers here. Ask me in a direct message.',
  bold: 'People from another company are in this channel, so I show no shop numbers here.',
  rest: 'Your question is fine; ask it where only colleagues read.',
};

export const sqlNotAllowed = {
  text: 'SQL is for engineers here. Ask in words, or ask the one who runs Askstream to add you. Nothing ran.',
  bold: 'SQL is for engineers here, and you aren’t set up as one.',
  rest: 'You can ask the same in words and get the SQL with the answer. The one who runs Askstream can add you to the engineers.',
};

export const notAnEditor = {
  bold: 'Only an editor makes a question a verified one.',
  rest: 'The one who runs Askstream can add you to the editors.',
};
export const verifiedAlready = 'This is a verified question already. App Home › See them lists them all.';
export const verifiedNow = {
  bold: (question: string) => `✓ Verified: “${question}”.`,
  rest: 'Asked with these words it is read this way from now on. App Home › See them takes it back.',
};

export const notYourPrice = 'Only the one who asked, or an editor, may decide this.';
export const decidedBefore = 'This was decided before; nothing runs twice.';
export const notYourDigest = 'Only the one who set it up, or an editor, may change this digest.';

export const failure = {
  bold: 'Something broke on my side, and I have no answer for you. I’m sorry.',
  rest: 'Your question wasn’t at fault, and it is kept.',
  where: (reference: string) =>
    `Reference ${reference}: with it, the one who runs Askstream finds what happened · nothing was billed`,
  text: (reference: string) =>
    `Something broke on my side and I have no answer for you. I am sorry. Reference ${reference}. Your question is kept; Try again needs no typing.`,
};

/** faces.md q: what was read until then is billed, and said. */
export function stoppedAfter(seconds: number): string {
  return `Stopped after ${seconds.toLocaleString('en')} s`;
}

export const expiredCard = 'Nobody approved in 15 minutes';

export function tooSoon(lastRun: string, again: string): string {
  return `The last refresh was at ${lastRun}. You can start the next one at ${again}; the owners can at any time.`;
}

export function nothingNew(since: string | undefined, reach: string | undefined): string {
  return `Nothing new${since ? ` since ${since}` : ''}: no file has arrived.${reach ? ` The data reach to ${reach}.` : ''}`;
}

export const rungs: Readonly<
  Record<'picture' | 'table' | 'fold' | 'plain' | 'text', { readonly title: string; readonly text: string }>
> = {
  picture: { title: 'No picture this time.', text: 'Slack didn’t take it; the numbers are complete.' },
  table: { title: 'The table is shown as text.', text: 'All rows are in the CSV file.' },
  fold: { title: 'The SQL is left out here.', text: '··· › Edit the SQL has it.' },
  plain: { title: 'Shown in short form.', text: 'Slack didn’t take the whole answer.' },
  text: { title: '', text: '' },
};

export const digestWords = {
  none: 'You have no digests yet. Under an answer, ··· › Schedule as a digest makes one; or ask with «every monday 9am».',
  unknown: (name: string) => `There is no digest called ${name}. /digest list shows them all.`,
  usage: 'Write /digest list, /digest new QUESTION every monday 9am, or /digest pause, resume, run or delete with a name.',
  paused: (name: string) => `${name} is paused. /digest resume ${name} goes on.`,
  resumed: (name: string, next: string) => `${name} goes on. Next: ${next}.`,
  deleted: (name: string) => `${name} is deleted. What it has posted stays.`,
  started: (name: string) => `${name} is being made and comes to its channel now.`,
  late: (hours: string) => ({
    title: `${hours} late.`,
    text: 'The data of the last day were complete only now. I waited, so these numbers are whole.',
  }),
  asleep: (hours: string) => ({ title: `${hours} late.`, text: 'Askstream wasn’t running at its time.' }),
  waiting: (name: string, day: string) =>
    `${name} is waiting: the data of ${day} are not complete. I post it as soon as they are.`,
};

/** What can be asked, for «What can I ask?»: each line works as it stands. */
export const helpLines: readonly string[] = [
  'Numbers: “orders yesterday”, “revenue last week vs the week before”, “conversion rate ytd”.',
  'By something: “sessions by channel last 30d”, “aov by country last quarter”, “top 10 products by revenue”.',
  'Over time: “conversion rate by day since october”, “weekly revenue last 12 weeks”.',
  'Only a part: “bounce rate on mobile from germany last month”.',
  'Funnels: “pdp > cart > checkout > purchase for may, mobile only”.',
  'Then go on in the thread: “and by device?”, “only paid social”, “last month instead”.',
  '/sql takes one Athena SELECT. /refresh brings in new data. “… every monday 9am” makes a digest.',
];
