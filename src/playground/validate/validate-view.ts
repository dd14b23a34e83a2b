import type { Json } from '../shapes.ts';
import { blocksOn } from './blocks.ts';
import { type Check, collectFaults, fields, flag, isObject, list, text } from './check.ts';
import { plain } from './objects.ts';
import { checkTogether, type Known, type Refused } from './validate-message.ts';
import { isPiece } from './walk.ts';

const anything: Check = () => {};
const shared = { private_metadata: text(0, 3000), callback_id: text(0, 255), external_id: text(0, 255) };
const modal = fields(
  { title: plain(24), blocks: list(anything, 0, 100) },
  { ...shared, submit: plain(24), close: plain(24), clear_on_close: flag, notify_on_close: flag, submit_disabled: flag },
);
const home = fields({ blocks: list(anything, 0, 100) }, shared);

/** Checks a modal (`views.open/update/push`) or a Home tab (`views.publish`) as Slack does; undefined = accepted. */
export function validateView(view: unknown, type: 'modal' | 'home', known: Known): Refused | undefined {
  const faults = collectFaults();
  if (!isObject(view)) return { error: 'invalid_arguments', faults: ['must provide an object [json-pointer:/view]'] };
  if (view.type !== type) faults.add(`must be a valid enum value (${type})`, '/view/type');
  (type === 'modal' ? modal : home)(view, '/view', faults);
  const blocks = Array.isArray(view.blocks) ? view.blocks : [];
  blocksOn(type)(blocks, '/view/blocks', faults);
  checkTogether(blocks, type, faults, known, '/view/blocks');
  if (type === 'modal') needSubmit(view, blocks, faults.list);
  if (faults.list.length > 0) return { error: 'invalid_arguments', faults: faults.list };
  const bytes = Buffer.byteLength(JSON.stringify(view));
  return bytes > 250_000
    ? { error: 'view_too_large', faults: [`${bytes} bytes, no more than 250000 allowed [json-pointer:/view]`] }
    : undefined;
}

/** A modal with inputs needs its submit button. */
function needSubmit(view: Json, blocks: unknown[], faults: string[]): void {
  const hasInput = blocks.some((block) => isPiece(block) && block.type === 'input');
  if (hasInput && view.submit === undefined)
    faults.push('submit is required when an input block is within blocks array [json-pointer:/view]');
}
