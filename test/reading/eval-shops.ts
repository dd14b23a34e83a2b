import type { DataFacts } from '../../src/glossary/data-facts.ts';
import { cycles } from './cycle-shop.ts';
import { books, electronics, fashion, garden, oddNames, pets } from './shops.ts';

/** The files of `prompts/evals` that hold Readings, each with the shop whose names its questions use. */
export const EVAL_SHOPS: readonly (readonly [file: string, facts: DataFacts])[] = [
  ['electronics-shop', electronics],
  ['time-and-shape', electronics],
  ['fashion-shop', fashion],
  ['odd-names-shop', oddNames],
  ['garden-shop', garden],
  ['book-shop', books],
  ['pet-shop', pets],
  ['cycle-shop', cycles],
];
