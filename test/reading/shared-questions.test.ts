import { readFileSync } from 'node:fs';
import { describe, expect } from '@jest/globals';
import { openReader } from '../../src/reading/read-question.ts';
import { sharedPath, whenShared } from '../helpers/shared.ts';
import { houseGlossary } from './house-glossary.ts';
import { electronics } from './shops.ts';

describe('the hundred questions of the studies', () => {
  const read = () => {
    const reader = openReader(houseGlossary());
    const lines = readFileSync(sharedPath('questions.jsonl')!, 'utf8')
      .split('\n')
      .filter((l) => l !== '');
    return lines.map((line) => {
      const { question, kind } = JSON.parse(line) as { question: string; kind: string };
      return { question, kind, reading: reader.read({ text: question, facts: electronics, today: '2026-11-24' }).reading };
    });
  };

  whenShared('what no data can answer is never answered with data', () => {
    const wrong = read().filter((r) => r.kind === 'unanswerable' && r.reading.kind !== 'decline');
    expect(wrong.map((r) => r.question)).toEqual([]);
  });

  whenShared('more than half are read to data, and the rest are asked back or declined by name', () => {
    const all = read();
    const data = all.filter((r) => r.reading.kind === 'metric' || r.reading.kind === 'funnel');
    expect(data.length).toBeGreaterThanOrEqual(55);
    expect(all.filter((r) => r.reading.kind === 'clarify').length).toBeLessThanOrEqual(14);
  });
});
