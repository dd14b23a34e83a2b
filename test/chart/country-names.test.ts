import { describe, expect, test } from '@jest/globals';
import { countryOf } from '../../src/chart/country-names.ts';

describe('a country', () => {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['DE', 'DE'],
    ['de', 'DE'],
    ['UK', 'GB'],
    ['NA', 'NA'],
    ['DEU', 'DE'],
    ['276', 'DE'],
    ['4', 'AF'],
    ['Germany', 'DE'],
    ['Deutschland', 'DE'],
    ['Allemagne', 'DE'],
    ['日本', 'JP'],
    ['الولايات المتحدة', 'US'],
    ['United States of America', 'US'],
    ['U.S.A.', 'US'],
    ['usa', 'US'],
    ['Korea, Republic of', 'KR'],
    ['Congo, Democratic Republic of the', 'CD'],
    ["Côte d'Ivoire", 'CI'],
    ['Bosnia & Herzegovina', 'BA'],
    ['St. Lucia', 'LC'],
    ['Türkiye', 'TR'],
    ['Czech Republic', 'CZ'],
    ['The Netherlands', 'NL'],
    ['Singapore', 'SG'],
    ['Mobile', undefined],
    ['XX', undefined],
    ['Atlantis', undefined],
    ['', undefined],
    ['(not set)', undefined],
  ];
  test.each(rows)('%s is %s', (text, code) => {
    expect(countryOf(text)?.code).toBe(code);
  });

  test('has the number of the atlas and a short name', () => {
    expect(countryOf('at')).toEqual({ code: 'AT', numeric: '040', name: 'Austria' });
    expect(countryOf('United States')?.name).toBe('USA');
  });
});
