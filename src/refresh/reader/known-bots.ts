import patterns from '../reference/bot-patterns.json' with { type: 'json' };

/**
 * Whether a user agent is a bot's by isbot's published rules (`reference/bot-patterns.json` is its list, held to the package
 * by a test). The rules look behind, which RE2 cannot, so they run in the reader (Node here, Python's `re` in Glue) once
 * per distinct user agent and not in SQL. An empty user agent says nothing: false.
 */
export function knownBots(): (userAgent: string) => boolean {
  const bots = new RegExp(patterns.join('|'), 'i');
  const known = new Map<string, boolean>();
  return (userAgent) => {
    if (userAgent === '') return false;
    let bot = known.get(userAgent);
    if (bot === undefined) {
      bot = bots.test(userAgent);
      if (known.size > 50_000) known.clear();
      known.set(userAgent, bot);
    }
    return bot;
  };
}
