/** All forms of an English verb in small letters: «buy» → buy, buys, buying, bought. */
export function verbForms(base: string): readonly string[] {
  const [past = [], s = `${base}${/(?:s|x|z|ch|sh|o)$/u.test(base) ? 'es' : 's'}`] = [irregular[base]];
  const third = /[^aeiou]y$/u.test(base) ? `${base.slice(0, -1)}ies` : s;
  return [...new Set([base, third, ...past, ...regular(base)])];
}

function regular(base: string): string[] {
  if (base.endsWith('e')) return [`${base}d`, `${base.slice(0, -1)}ing`];
  if (/[^aeiou]y$/u.test(base)) return [`${base.slice(0, -1)}ied`, `${base}ing`];
  // «dropped», «getting»: one short vowel before one consonant doubles it.
  const doubled = /^[^aeiou]*[aeiou][bdgklmnprt]$/u.test(base) ? `${base}${base.at(-1)}` : base;
  return [`${doubled}ed`, `${doubled}ing`, `${base}ing`];
}

const irregular: Readonly<Record<string, readonly string[]>> = {
  become: ['became'],
  begin: ['began', 'begun', 'beginning'],
  bring: ['brought'],
  buy: ['bought'],
  come: ['came'],
  find: ['found'],
  get: ['got', 'gotten'],
  give: ['gave', 'given'],
  go: ['went', 'gone'],
  have: ['had', 'has'],
  hit: ['hit'],
  leave: ['left'],
  make: ['made'],
  meet: ['met'],
  pay: ['paid'],
  put: ['put'],
  quit: ['quit'],
  run: ['ran'],
  see: ['saw', 'seen'],
  submit: ['submitted', 'submitting'],
  suffer: ['suffered'],
  throw: ['threw', 'thrown'],
};
