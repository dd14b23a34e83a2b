import { type Piece, plain } from './pieces.ts';

/** A modal with its three words; `metadata` comes back when it is sent. */
export function modal(
  callback: string,
  metadata: string,
  [title, submit, close]: readonly [string, string, string],
  blocks: readonly Piece[],
): Piece {
  return {
    type: 'modal',
    callback_id: callback,
    private_metadata: metadata,
    title: plain(title, 24),
    submit: plain(submit, 24),
    close: plain(close, 24),
    blocks,
  };
}

/** One input; its element is named like its block. */
export function field(
  id: string,
  label: string,
  element: Piece,
  more: { readonly hint?: string; readonly optional?: boolean } = {},
): Piece {
  return {
    type: 'input',
    block_id: id,
    ...(more.optional ? { optional: true } : {}),
    label: plain(label, 100),
    element: { ...element, action_id: id },
    ...(more.hint ? { hint: plain(more.hint, 150) } : {}),
  };
}
