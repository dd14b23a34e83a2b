import { openDigests } from '../digest/open-digests.ts';
import { type Subscription, sayWhen } from '../digest/subscription.ts';
import type { House } from '../open-house.ts';
import { MemoryFault, openLocalMemory } from '../open-local-memory.ts';
import type { Memory } from '../services/memory.ts';
import { print } from './json-lines.ts';
import { openCliHouse } from './open-cli-house.ts';
import { outcomeJson } from './outcome-json.ts';
import { showOutcome } from './show-outcome.ts';
import { readArguments, readNow, UsageFault } from './usage.ts';

const usage = 'digest list [--json], or digest run NAME [--json] [--now ISO]';
const options = { json: { type: 'boolean' }, now: { type: 'string' } } as const;

/** `digest`: lists the scheduled answers, or prints one now, the same numbers as its channel will get. */
export async function runDigest(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, options, usage);
  const [deed, ...name] = positionals;
  if (deed !== 'list' && !(deed === 'run' && name.length > 0)) throw new UsageFault(`Usage: ${usage}`);
  const house = openCliHouse(readNow(values.now));
  try {
    const memory = house.memory ?? (await openLocalMemory(house.config.DATA_DIR, house.clock));
    try {
      return deed === 'list'
        ? await list(house, memory, values.json ?? false)
        : await runOne(house, memory, name.join(' '), values.json ?? false);
    } finally {
      await memory.close();
    }
  } catch (fault) {
    if (!(fault instanceof MemoryFault)) throw fault;
    console.error(fault.message);
    return 1;
  } finally {
    await house.close();
  }
}

async function list(house: House, memory: Memory, json: boolean): Promise<number> {
  const digests = digestsOf(house, memory);
  for (const s of await digests.list()) {
    const next = s.paused ? 'paused' : `next ${digests.next(s)}`;
    if (json)
      print({
        id: s.id,
        name: s.name,
        question: s.question,
        when: sayWhen(s.schedule),
        zone: s.zone,
        paused: s.paused ?? false,
        next: digests.next(s),
      });
    else console.log(`${s.name}: “${s.question}”, ${sayWhen(s.schedule)}, ${s.zone}, ${next}`);
  }
  return 0;
}

async function runOne(house: House, memory: Memory, name: string, json: boolean): Promise<number> {
  const digests = digestsOf(house, memory);
  const found = await digests.find(name);
  if (!found) {
    const names = (await digests.list()).map((s: Subscription) => s.name);
    console.error(
      `There is no digest “${name}”. ${names.length > 0 ? `There are: ${names.join(', ')}.` : 'Nobody has scheduled one yet.'}`,
    );
    return 1;
  }
  const question = { id: found.id, text: found.question, askedAt: house.clock.now() };
  const outcome = await house.line.reading(found.reading, question, { noPicture: true });
  if (json) print(outcomeJson(outcome));
  else console.log(showOutcome(outcome));
  return outcome.kind === 'answer' ? 0 : 1;
}

function digestsOf({ clock, refresher, config }: House, memory: Memory) {
  return openDigests({ memory, clock, zone: config.SHOP_TIME_ZONE, refresher });
}
