import type { Json } from '../shapes.ts';
import { blocksOn, type Surface, wrongSurface } from './blocks.ts';
import { collectFaults, type Faults, isObject, size } from './check.ts';
import { everyBlock, everyElement, everyFile, isPiece, pieces, readableCharacters } from './walk.ts';

/** A refusal of Slack: its error word, and the faults with their JSON pointers. */
export interface Refused {
  error: string;
  faults: string[];
}

/** What the check must know of the workspace: whether a file exists and has been scanned. */
export interface Known {
  file(id: string): 'ready' | 'scanning' | 'unknown';
}

/** Slack's observed total of readable characters in the blocks of one message (slack.md §0.7). */
export const MESSAGE_CHARACTERS = 13_000;

/** Checks `text` and `blocks` of a message as Slack does; undefined = accepted. */
export function validateMessage(args: Json, known: Known): Refused | undefined {
  const { blocks, text } = args;
  const hasBlocks = Array.isArray(blocks) && blocks.length > 0;
  if (blocks !== undefined && !Array.isArray(blocks))
    return { error: 'invalid_blocks_format', faults: ['blocks must be an array'] };
  if (!hasBlocks && (typeof text !== 'string' || text === '') && !Array.isArray(args.attachments))
    return { error: 'no_text', faults: [] };
  if (!hasBlocks) return undefined;
  if (blocks.length > 50)
    return { error: 'msg_blocks_too_many', faults: [`no more than 50 items allowed [json-pointer:/blocks]`] };
  const faults = collectFaults();
  blocksOn('message')(blocks, '/blocks', faults);
  checkTogether(blocks, 'message', faults, known, '/blocks');
  checkCounts(blocks, faults);
  if (faults.list.length > 0) return { error: 'invalid_blocks', faults: faults.list };
  const characters = readableCharacters(blocks);
  if (characters > MESSAGE_CHARACTERS) {
    return {
      error: 'msg_blocks_too_long',
      faults: [`${characters} characters, no more than ${MESSAGE_CHARACTERS} allowed [json-pointer:/blocks]`],
    };
  }
  return undefined;
}

/** Rules over all blocks of one surface: ids only once, elements where they may stand, files that are ready. */
export function checkTogether(blocks: unknown[], surface: Surface, faults: Faults, known: Known, root: string): void {
  const list = blocks.filter(isPiece);
  const shift = (path: string) => root + path.slice('/blocks'.length);
  once(
    everyBlock(list).map(({ block, path }) => [block.block_id, shift(path)]),
    'block_id',
    faults,
  );
  for (const { element, path } of everyElement(list)) {
    if (wrongSurface(element.type, surface)) faults.add(`unsupported type: ${element.type}`, `${shift(path)}/type`);
  }
  for (const block of everyBlock(list)) {
    const inside = everyElement([block.block]).filter((placed) => placed.block === block.block);
    once(
      inside.map(({ element, path }) => [element.action_id, shift(block.path + path.slice('/blocks/0'.length))]),
      'action_id',
      faults,
    );
  }
  for (const { id, path } of everyFile(blocks, root)) {
    if (known.file(id) !== 'ready') faults.add('invalid slack file', path);
  }
}

function once(entries: [unknown, string][], name: string, faults: Faults): void {
  const seen = new Set<unknown>();
  for (const [id, path] of entries) {
    if (id !== undefined && seen.has(id)) faults.add(`${name} "${String(id)}" already exists`, `${path}/${name}`);
    seen.add(id);
  }
}

function checkCounts(blocks: unknown[], faults: Faults): void {
  const all = everyBlock(blocks.filter(isPiece));
  const of = (...types: string[]) => all.filter(({ block }) => types.includes(block.type));
  const second = (found: { path: string }[], most: number, message: string) => {
    const extra = found[most];
    if (extra !== undefined) faults.add(message, extra.path);
  };
  second(of('table', 'data_table'), 1, 'only_one_table_allowed');
  second(of('data_visualization'), 2, 'no more than 2 data_visualization blocks allowed');
  second(of('plan'), 1, 'only one plan block allowed');
  const loose = all.find(({ block, depth }) => block.type === 'task_card' && depth === 0);
  if (of('plan').length > 0 && loose !== undefined) faults.add('task_card not allowed beside a plan', loose.path);
  for (const { block, path } of of('plan')) {
    once(
      pieces(block.tasks).map((task, index) => [task.task_id, `${path}/tasks/${index}`]),
      'task_id',
      faults,
    );
  }
  const markdown = of('markdown').reduce((sum, { block }) => sum + (typeof block.text === 'string' ? size(block.text) : 0), 0);
  if (markdown > 12_000) faults.add('all markdown blocks together must be less than 12001 characters', '/blocks');
}

/** The metadata of a message: an event_type and a payload object; undefined = fine. */
export function validateMetadata(metadata: unknown): string | undefined {
  if (metadata === undefined) return undefined;
  if (!isObject(metadata) || typeof metadata.event_type !== 'string') return 'invalid_metadata_format';
  return isObject(metadata.event_payload) ? undefined : 'invalid_metadata_format';
}
