import { notice } from '../../blocks/asking-faces.ts';
import type { Work } from '../../jobs/job.ts';
import { denialFace } from '../../jobs/say-denied.ts';
import { settlePrice } from '../../jobs/settle-price.ts';
import { workAgain } from '../../jobs/work-again.ts';
import type { KeptAnswer } from '../../kept.ts';
import type { Decision } from '../../kept-prices.ts';
import type { Room } from '../../room.ts';
import { decidedBefore, notYourPrice, notYours } from '../../words.ts';
import { type Click, clickOf } from '../click.ts';
import type { Door } from '../door.ts';
import { keptFor, pressed, tell } from '../pressed.ts';

/** The buttons under a price: run it, run the smaller one, or leave it. One of them counts, once, over restarts too. */
export const decidePrice: Door = (bolt, room) => {
  bolt.action(/^price\.(approve|smaller|cancel)$|^sql\.(smaller|run_anyway)$/, async ({ ack, body }) => {
    const click = clickOf(body);
    await ack();
    if (await room.access.isOutsider(click.user)) return tell(click, notice(notYours), room);
    const kept = await keptFor(click.value, click, room);
    if (kept?.outcome.kind !== 'refused' || !kept.message) return;
    if (!mayDecide(click.user, kept, room)) return tell(click, notice(notYourPrice), room);
    const isLate = kept.until !== undefined && Date.parse(room.clock.now()) > Date.parse(kept.until);
    const what = isLate ? 'expired' : whatOf(click.action);
    const decision: Decision = { what, by: isLate ? '' : click.user };
    if (what === 'cancel' || what === 'expired') return settlePrice(kept, decision, room);
    await run(kept, decision, click, room);
  });
};

const whats: Readonly<Record<string, 'approve' | 'smaller' | 'cancel'>> = {
  'price.approve': 'approve',
  'sql.run_anyway': 'approve',
  'price.smaller': 'smaller',
  'sql.smaller': 'smaller',
};

function whatOf(action: string): 'approve' | 'smaller' | 'cancel' {
  return whats[action] ?? 'cancel';
}

/** The one who asked, the owner of a digest, or an editor. */
function mayDecide(user: string, { asker, digest }: KeptAnswer, room: Room): boolean {
  return user === asker || user === digest?.owner || room.access.isEditor(user);
}

/** Whoever may not ask this themselves must not use up the decision. */
async function run(kept: KeptAnswer, decision: Decision, click: Click, room: Room): Promise<void> {
  const chosen = chosenOf(kept, decision.what);
  if (!chosen) return;
  const { work, approvedUsd } = chosen;
  const job = pressed(click, work, room, { edit: kept.id, approvedUsd });
  const denial = await room.access.deny(job);
  if (denial) return tell(click, denialFace(denial, job.id), room);
  if (!(await room.kept.decide(kept.id, decision))) return tell(click, notice(decidedBefore), room);
  await room.ask(job);
  await room.kept.decided(kept.id);
}

/** What runs, and the price that stood on the button. */
function chosenOf(kept: KeptAnswer, what: Decision['what']): { work: Work; approvedUsd: number } | undefined {
  if (kept.outcome.kind !== 'refused') return undefined;
  const { approval, smaller, question } = kept.outcome;
  const ofDigest = (work: Work): Work => (work.kind === 'reading' && kept.digest ? { ...work, digest: kept.digest } : work);
  if (what === 'approve') return approval && { work: ofDigest(workAgain(kept)), approvedUsd: approval.usd };
  if (!smaller) return undefined;
  const { reading, sql, usd } = smaller;
  if (reading) return { work: ofDigest({ kind: 'reading', reading, text: question }), approvedUsd: usd };
  return sql ? { work: { kind: 'sql', text: sql }, approvedUsd: usd } : undefined;
}
