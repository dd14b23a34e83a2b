import { describe, expect, test } from '@jest/globals';
import { everydayWords } from '../../src/reading/everyday-words.ts';
import { openReader } from '../../src/reading/read-question.ts';
import { houseGlossary } from './house-glossary.ts';
import { electronics } from './shops.ts';

const reader = openReader(houseGlossary());
const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const codes = letters.flatMap((a) => letters.map((b) => a + b));

function filtersOf(text: string, facts = electronics): readonly { dimension: string; values: readonly string[] }[] {
  const { reading } = reader.read({ text, facts, today: '2026-11-24' });
  return reading.kind === 'metric' ? reading.filters : [];
}

describe('a word that is a name too', () => {
  test('is no country where it stands for «us» or any other word', () => {
    const wrong = codes
      .filter((code) => !['uk', 'gb', 'nl', 'oz', 'eu'].includes(code))
      .filter((code) => filtersOf(`how many people visited ${code} on saturday`).some((f) => f.dimension === 'country'));
    expect(wrong).toEqual([]);
  });

  test.each([
    'sessions in us',
    'sessions from the us',
    'us sessions',
    'sessions US',
    'sessions us vs uk',
    'revenue for us and uk',
  ])('«%s» means the country', (text) => {
    expect(filtersOf(text)[0]).toMatchObject({ dimension: 'country' });
    expect(filtersOf(text)[0]!.values).toContain('US');
  });

  test('is no city, brand or campaign in plain talk, whatever the data are called', () => {
    const names = [...everydayWords].filter((w) => /^\p{L}{3,}$/u.test(w));
    const facts = {
      ...electronics,
      dataVersion: 'everyday',
      values: { city: names, brand: names, campaign: names },
    };
    const wrong = names.filter((name) =>
      filtersOf(`please ${name} sessions were reported yesterday`, facts).some((f) => f.values.includes(name)),
    );
    expect(wrong).toEqual([]);
  });
});
