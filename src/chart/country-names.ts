import isoCountries from 'i18n-iso-countries';

/** A country as the map knows it. */
export interface Country {
  /** ISO 3166-1 alpha-2. */
  readonly code: string;
  /** ISO 3166-1 numeric, three digits, as in the atlas. */
  readonly numeric: string;
  /** The short English name. */
  readonly name: string;
}

/** The country that a code (two or three letters, or digits) or a name in one of 14 languages means, or undefined. */
export function countryOf(text: string): Country | undefined {
  const trimmed = text.trim();
  const code = codeOf(trimmed);
  if (code === undefined) return undefined;
  const numeric = isoCountries.alpha2ToNumeric(code);
  return numeric === undefined ? undefined : { code, numeric: numeric.padStart(3, '0'), name: englishName(code) };
}

function codeOf(text: string): string | undefined {
  if (/^[A-Za-z]{2}$/u.test(text)) {
    const code = text.toUpperCase() === 'UK' ? 'GB' : text.toUpperCase();
    return isoCountries.isValid(code) ? code : undefined;
  }
  if (/^\d{1,3}$/u.test(text)) return isoCountries.numericToAlpha2(text.padStart(3, '0'));
  const names = index();
  const byCode = /^[A-Za-z]{3}$/u.test(text) ? isoCountries.alpha3ToAlpha2(text.toUpperCase()) : undefined;
  const [last, first] = text.split(', ');
  return byCode ?? names.get(key(text)) ?? (first === undefined ? undefined : names.get(key(`${first} ${last}`)));
}

// The only state of this room: a table that never changes, built when a country name is first looked for (about 15 ms).
let built: ReadonlyMap<string, string> | undefined;

function index(): ReadonlyMap<string, string> {
  built ??= buildIndex();
  return built;
}

function buildIndex(): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const codes = Object.keys(isoCountries.getAlpha2Codes());
  for (const language of languages) {
    for (const style of language === 'en' ? (['long', 'short'] as const) : (['long'] as const)) {
      const display = new Intl.DisplayNames([language], { type: 'region', style, fallback: 'none' });
      for (const code of codes) {
        const name = display.of(code);
        if (name !== undefined && !names.has(key(name))) names.set(key(name), code);
      }
    }
  }
  for (const [code, aliases] of Object.entries(alsoCalled)) for (const alias of aliases) names.set(key(alias), code);
  return names;
}

function englishName(code: string): string {
  return shorter[code] ?? new Intl.DisplayNames(['en'], { type: 'region' }).of(code) ?? code;
}

function key(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/&/gu, ' and ');
  return plain
    .replace(/\bst\b\.?/gu, 'saint')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/\b(the|of)\b/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

const languages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'sv', 'tr', 'ru', 'ar', 'ja', 'zh'];
const shorter: Readonly<Record<string, string>> = {
  US: 'USA',
  GB: 'UK',
  AE: 'UAE',
  BA: 'Bosnia and Herzegovina',
  HK: 'Hong Kong',
  MO: 'Macao',
  PS: 'Palestine',
};
const alsoCalled: Readonly<Record<string, readonly string[]>> = {
  US: ['United States of America', 'USA', 'U.S.A.', 'U.S.', 'America'],
  GB: ['United Kingdom of Great Britain and Northern Ireland', 'Great Britain', 'Britain', 'England', 'U.K.'],
  RU: ['Russian Federation'],
  KR: ['Republic of Korea', 'Korea', 'South Korea'],
  KP: ["Democratic People's Republic of Korea", 'North Korea'],
  CZ: ['Czech Republic', 'Czechia'],
  NL: ['Holland', 'The Netherlands', 'Kingdom of the Netherlands'],
  TR: ['Turkey', 'Türkiye', 'Turkiye'],
  VN: ['Viet Nam'],
  IR: ['Iran, Islamic Republic of', 'Islamic Republic of Iran'],
  SY: ['Syrian Arab Republic'],
  LA: ["Lao People's Democratic Republic", 'Lao PDR'],
  BO: ['Plurinational State of Bolivia', 'Bolivia (Plurinational State of)'],
  VE: ['Bolivarian Republic of Venezuela', 'Venezuela (Bolivarian Republic of)'],
  TZ: ['United Republic of Tanzania'],
  MD: ['Republic of Moldova'],
  MK: ['Macedonia', 'FYROM', 'North Macedonia', 'Republic of North Macedonia'],
  SZ: ['Swaziland', 'Eswatini'],
  CI: ["Cote d'Ivoire", 'Ivory Coast'],
  CD: ['DR Congo', 'DRC', 'Dem. Rep. Congo', 'Democratic Republic of the Congo', 'Congo-Kinshasa'],
  CG: ['Congo', 'Republic of the Congo', 'Congo-Brazzaville'],
  CV: ['Cape Verde', 'Cabo Verde'],
  TL: ['East Timor', 'Timor-Leste'],
  MM: ['Burma', 'Myanmar'],
  BN: ['Brunei Darussalam', 'Brunei'],
  HK: ['Hong Kong', 'Hong Kong SAR', 'Hong Kong SAR China'],
  MO: ['Macau', 'Macao'],
  TW: ['Taiwan, Province of China', 'Chinese Taipei'],
  PS: ['State of Palestine', 'Palestine', 'Palestinian Territory'],
  VA: ['Holy See', 'Vatican'],
  AE: ['UAE', 'Emirates'],
  BA: ['Bosnia', 'Bosnia & Herzegovina', 'Bosnia and Herz.'],
  DO: ['Dominican Rep.'],
  CF: ['Central African Rep.'],
  GQ: ['Eq. Guinea'],
  SS: ['S. Sudan'],
  SB: ['Solomon Is.'],
  FK: ['Falkland Is.', 'Falkland Islands', 'Falkland Islands (Malvinas)'],
  EH: ['W. Sahara'],
  TF: ['Fr. S. Antarctic Lands'],
};
