import { answerButtons } from './actions/answer-buttons.ts';
import { choose } from './actions/choose.ts';
import { decide } from './actions/decide.ts';
import { decidePrice } from './actions/decide-price.ts';
import { digestButtons } from './actions/digest-buttons.ts';
import { feedback } from './actions/feedback.ts';
import { refreshButtons } from './actions/refresh-buttons.ts';
import { verified } from './actions/verify.ts';
import { ask } from './commands/ask.ts';
import { digest } from './commands/digest.ts';
import { refresh } from './commands/refresh.ts';
import { sql } from './commands/sql.ts';
import type { Door } from './door.ts';
import { asked } from './events/asked.ts';
import { channels } from './events/channels.ts';
import { home } from './events/home.ts';
import { digestSubmitted } from './views/digest-submitted.ts';
import { shareSubmitted } from './views/share-submitted.ts';
import { sqlSubmitted } from './views/sql-submitted.ts';
import { verifySubmitted } from './views/verify-submitted.ts';

/** Every way into the app. */
export const doors: readonly Door[] = [
  ...[asked, home, channels],
  ...[ask, sql, refresh, digest],
  ...[choose, answerButtons, decide, decidePrice, feedback, refreshButtons, digestButtons, verified],
  ...[sqlSubmitted, digestSubmitted, shareSubmitted, verifySubmitted],
];
