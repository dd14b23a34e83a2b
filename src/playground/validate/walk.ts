import type { Json, Piece } from '../shapes.ts';
import { isObject, size } from './check.ts';

/** An element that acts, where it stands, and the block around it. */
export interface Placed {
  element: Piece;
  block: Piece;
  path: string;
}

/** Every block at any depth (containers, carousels and plans hold others), with its JSON pointer. */
export function everyBlock(blocks: readonly Piece[], path = '/blocks'): { block: Piece; path: string; depth: number }[] {
  return blocks.flatMap((block, index) => walkBlock(block, `${path}/${index}`, 0));
}

function walkBlock(block: Piece, path: string, depth: number): { block: Piece; path: string; depth: number }[] {
  const inner = ['child_blocks', ...(block.type === 'carousel' ? ['elements'] : []), 'tasks'];
  const children = inner.flatMap((name) =>
    pieces(block[name]).flatMap((child, index) => walkBlock(child, `${path}/${name}/${index}`, depth + 1)),
  );
  return [{ block, path, depth }, ...children];
}

/** Every element that has or may have an `action_id`. */
export function everyElement(blocks: readonly Piece[]): Placed[] {
  return everyBlock(blocks).flatMap(({ block, path }) => {
    const rows = block.type === 'actions' || block.type === 'context_actions' ? pieces(block.elements) : [];
    const listed = rows.map((element, index) => ({ element, block, path: `${path}/elements/${index}` }));
    const buttons = block.type === 'card' ? pieces(block.actions) : [];
    const onCard = buttons.map((element, index) => ({ element, block, path: `${path}/actions/${index}` }));
    const single = (['accessory', 'element'] as const).flatMap((name) => {
      const element = block[name];
      return isPiece(element) && element.type !== 'image' ? [{ element, block, path: `${path}/${name}` }] : [];
    });
    return [...listed, ...onCard, ...single];
  });
}

/** Every `slack_file` id in the blocks, with its JSON pointer. */
export function everyFile(value: unknown, path = '/blocks'): { id: string; path: string }[] {
  if (Array.isArray(value)) return value.flatMap((entry, index) => everyFile(entry, `${path}/${index}`));
  if (!isObject(value)) return [];
  const file = value.slack_file;
  const own = isObject(file) && typeof file.id === 'string' ? [{ id: file.id, path: `${path}/slack_file` }] : [];
  return [
    ...own,
    ...Object.entries(value).flatMap(([name, entry]) => (name === 'slack_file' ? [] : everyFile(entry, `${path}/${name}`))),
  ];
}

const TEXT_FIELDS = new Set(['text', 'title', 'alt_text', 'caption', 'label', 'name', 'subtitle']);

/** The characters of all words people can read in the blocks: what Slack's hidden budget of about 13,000 counts. */
export function readableCharacters(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, entry) => sum + readableCharacters(entry), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [name, entry]) =>
      sum + (typeof entry === 'string' ? (TEXT_FIELDS.has(name) ? size(entry) : 0) : readableCharacters(entry)),
    0,
  );
}

/** The entries of a list that are objects with a type. */
export function pieces(value: unknown): Piece[] {
  return Array.isArray(value) ? value.filter(isPiece) : [];
}

/** True for an object with a `type`. */
export function isPiece(value: unknown): value is Piece {
  return isObject(value) && typeof (value as Json).type === 'string';
}
