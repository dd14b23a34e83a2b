import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from '@jest/globals';
import { openVerified, type VerifiedQuestions } from '../../src/answer/open-verified.ts';
import { loadGlossary } from '../../src/glossary/load-glossary.ts';
import { answer, reading } from './answers.ts';
import { openMapMemory } from './map-memory.ts';
import { type Doors, fakeLine, openDoors } from './open-doors.ts';

const loaded = loadGlossary(readFileSync(new URL('../../prompts/glossary.yml', import.meta.url), 'utf8'));
if (!loaded.ok) throw new Error(loaded.message);
const { glossary } = loaded;

let doors: Doors;
afterEach(async () => {
  const refusals = doors.slack.world.refusals().map((r) => `${r.name}: ${r.error}`);
  await doors.close();
  expect(refusals).toEqual([]);
});

async function opened(line = fakeLine()): Promise<VerifiedQuestions> {
  const memory = openMapMemory();
  const verified = openVerified({ files: [], memory, glossary, report: () => {} });
  doors = await openDoors({ memory, verified, line, editors: ['U0OWNER001'] });
  return verified;
}

/** A mention's answer: the place to click, and its id. */
async function asked(text: string) {
  const { act, world } = doors.slack;
  const root = (await act.mention('analyst', '#shop-numbers', text)) as { ts: string };
  const said = await world.until(() => world.thread('#shop-numbers', root.ts)[1]);
  const id = /"down:([^"]+)"/.exec(JSON.stringify(said.blocks))![1]!;
  return { at: { channel: 'C0SHOPNUM01', ts: said.ts }, id, shown: said.blocks };
}

test('an editor makes an answer’s question a verified one, nobody else does, and it is taken back on the Home tab', async () => {
  const verified = await opened();
  const { act, world } = doors.slack;
  const { at, id } = await asked('conversion by device');
  await act.click('analyst', at, 'answer.more', `verify:${id}`);
  expect((await world.until(() => world.ephemerals('analyst').at(-1))).text).toContain('Only an editor');
  expect(world.modal('analyst')).toBeUndefined();

  await act.click('owner', at, 'answer.more', `verify:${id}`);
  await world.until(() => world.modal('owner'));
  await act.submitView('owner', { question: { question: 'How do devices convert?' } });
  expect((await world.until(() => world.ephemerals('owner').at(-1))).text).toContain('Verified: “How do devices convert?”');
  const found = await verified.find('how do devices convert');
  expect(found).toMatchObject({ reading, approved: { on: '2026-11-24' } });
  expect(found!.approved.by).not.toBe('');

  await act.click('owner', at, 'answer.more', `verify:${id}`);
  await world.until(() => world.modal('owner'));
  const again = await act.submitView('owner', { question: { question: 'HOW do devices convert' } });
  expect(JSON.stringify(again)).toContain('has these words already');

  await act.openHome('analyst');
  expect(JSON.stringify((await world.until(() => world.home('analyst'))).view.blocks)).toContain('*1 verified question*');
  await act.click('analyst', 'home', 'home.verified');
  const seen = JSON.stringify(await world.until(() => world.modal('analyst')));
  expect(seen).toContain('How do devices convert?');
  expect(seen).not.toContain('Take back');
  await act.openHome('owner');
  await world.until(() => world.home('owner'));
  await act.click('owner', 'home', 'home.verified');
  await world.until(() => JSON.stringify(world.modal('owner')).includes('Take back'));
  await act.click('owner', 'modal', 'verified.withdraw.1');
  await world.until(() => JSON.stringify(world.modal('owner')).includes('There are none.'));
  expect(await verified.find('how do devices convert')).toBeUndefined();
});

test('SQL is approved with the question and the sentence that it has; what a model wrote is not offered', async () => {
  const { reading: _, ...rows } = answer({ question: 'SELECT 1 AS one' });
  const verified = await opened(
    fakeLine({
      sql: async ({ id, text }) => ({ ...rows, id, question: text }),
      ask: async ({ id }) => ({ ...rows, id, modelSql: { kind: 'sql', sql: 'SELECT 2', says: 'Two.' } }),
    }),
  );
  const { act, world } = doors.slack;
  await act.command('owner', '#shop-numbers', '/sql', 'SELECT 1 AS one');
  const said = await world.until(() => world.messages('@owner')[0]);
  const id = /"down:([^"]+)"/.exec(JSON.stringify(said.blocks))![1]!;
  await act.click('owner', { channel: said.channel, ts: said.ts }, 'answer.more', `verify:${id}`);
  await world.until(() => world.modal('owner'));
  await act.submitView('owner', { question: { question: 'the one' }, says: { says: 'One row with a one.' } });
  await world.until(() => world.modal('owner') === undefined);
  expect(await verified.find('The one?')).toMatchObject({
    reading: { kind: 'sql', sql: 'SELECT 1 AS one', says: 'One row with a one.' },
  });

  const { at, id: byModel, shown } = await asked('something odd');
  expect(JSON.stringify(shown)).not.toContain('Make it a verified question');
  await act.click('owner', at, 'answer.more', `verify:${byModel}`);
  expect(world.modal('owner')).toBeUndefined();
});
