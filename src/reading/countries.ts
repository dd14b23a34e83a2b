/** Names of countries as people type them → ISO 3166-1 alpha-2 code. Names come from the runtime's own data in ten languages. */
export function countryWords(): Map<string, string> {
  const words = new Map<string, string>();
  for (const language of languages) {
    const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    for (const code of codes()) {
      const name = names.of(code);
      const isSure = name !== undefined && (language === 'en' || name.length > 4);
      if (isSure && !words.has(name.toLowerCase())) words.set(name.toLowerCase(), code);
    }
  }
  for (const [code, text] of Object.entries(aliases)) for (const word of text.split(', ')) words.set(word, code);
  for (const word of notCountries) words.delete(word);
  return words;
}

/** A name that English has for the country: only those are what a slip may have meant («guide» is no «Guiné»). */
export function isEnglishCountry(word: string, code: string): boolean {
  return countryName(code).toLowerCase() === word || (aliases[code]?.split(', ').includes(word) ?? false);
}

/** A two or three letter code typed in capitals («DE», «CHE») → alpha-2, else undefined. */
export function countryCode(raw: string): string | undefined {
  if (raw === 'UK') return 'GB';
  if (/^[A-Z]{2}$/u.test(raw)) return codes().includes(raw) ? raw : undefined;
  return Object.hasOwn(alpha3, raw) ? alpha3[raw] : undefined;
}

/** English name of a country, for labels and ready questions. */
export function countryName(code: string): string {
  return new Intl.DisplayNames(['en'], { type: 'region' }).of(code) ?? code;
}

const languages = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'pl', 'sv', 'da'];

function codes(): readonly string[] {
  return codeList;
}

const codeList: readonly string[] =
  `AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW`.split(
    ' ',
  );

// The codes that people write out; the rest are words too often («CAN», «MAR», «PER»).
const alpha3: Readonly<Record<string, string>> = {
  USA: 'US',
  GBR: 'GB',
  DEU: 'DE',
  GER: 'DE',
  FRA: 'FR',
  ESP: 'ES',
  ITA: 'IT',
  NLD: 'NL',
  BEL: 'BE',
  AUT: 'AT',
  CHE: 'CH',
  SUI: 'CH',
  POL: 'PL',
  SWE: 'SE',
  NOR: 'NO',
  DNK: 'DK',
  FIN: 'FI',
  IRL: 'IE',
  PRT: 'PT',
  CZE: 'CZ',
  HUN: 'HU',
  GRC: 'GR',
  TUR: 'TR',
  CAN: 'CA',
  AUS: 'AU',
  NZL: 'NZ',
  JPN: 'JP',
  CHN: 'CN',
  IND: 'IN',
  BRA: 'BR',
  MEX: 'MX',
  ZAF: 'ZA',
  KOR: 'KR',
  SGP: 'SG',
  ISR: 'IL',
  UAE: 'AE',
};

const aliases: Readonly<Record<string, string>> = {
  US: 'usa, u.s., u.s, the us, the usa, america, american, americans, the states, united states of america, us market, us-based, us',
  GB: 'uk, the uk, great britain, britain, england, british, brits, gb, u.k., english customers',
  DE: 'german, germans, deutschland, de market',
  FR: 'french',
  ES: 'spanish, spaniards',
  IT: 'italian, italians',
  NL: 'holland, the netherlands, dutch, nl',
  BE: 'belgian, belgians',
  CH: 'swiss, schweiz',
  AT: 'austrian, austrians, österreich, oesterreich',
  PL: 'polish',
  CZ: 'czech republic, czech, the czech republic',
  DK: 'danish, danes',
  SE: 'swedish, swedes',
  NO: 'norwegian, norwegians',
  FI: 'finnish, finns',
  IE: 'irish, republic of ireland, eire',
  PT: 'portuguese',
  GR: 'greek, greeks',
  HU: 'hungarian, hungarians',
  RO: 'romanian, romanians',
  BG: 'bulgarian',
  HR: 'croatian',
  SK: 'slovak, slovakian',
  SI: 'slovenian',
  LT: 'lithuanian',
  LV: 'latvian',
  EE: 'estonian',
  UA: 'ukrainian',
  RU: 'russian, russians',
  TR: 'turkish, turkey, turkiye',
  CA: 'canadian, canadians',
  MX: 'mexican',
  BR: 'brazilian, brazilians',
  AR: 'argentinian',
  AU: 'australian, australians, oz, down under',
  NZ: 'kiwi, new zealanders',
  JP: 'japanese',
  CN: 'chinese',
  IN: 'indian, indians',
  KR: 'south korea, korea, korean',
  AE: 'uae, emirates, the emirates, united arab emirates',
  ZA: 'south african',
  IL: 'israeli',
  LU: 'luxemburg',
  HK: 'hong kong',
  SG: 'singaporean',
  TW: 'taiwanese',
  BA: 'bosnia',
  MK: 'macedonia',
  CI: 'ivory coast, cote divoire',
  VN: 'vietnamese',
  TH: 'thai',
};

// Names that are common words first.
const notCountries: readonly string[] = [
  'man',
  'mali',
  'jersey',
  'guinea',
  'chad',
  'niger',
  'island',
  'indie',
  'chili',
  'grenade',
  'reunion',
];
