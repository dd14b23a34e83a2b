import type { LineState } from '../../answer/line.ts';
import { sayBytes, sayUsd } from '../../answer/words/say-value.ts';
import { actions, button, cut, type Message, type Piece, paragraph, richText, words } from './pieces.ts';

/** What a running question has come to. */
export interface PlanState {
  readonly readAs?: string;
  readonly price?: { readonly bytes: number; readonly usd: number };
  readonly step: 0 | 1 | 2 | 3;
  /** Taken up again after a restart. */
  readonly again?: boolean;
}

/** The next state after one of the line's. */
export function follow(state: PlanState, next: LineState): PlanState {
  switch (next.state) {
    case 'reading':
      return { ...state, step: 0 };
    case 'read':
      return { ...state, readAs: next.readAs, step: 1 };
    case 'checked':
      return { ...state, price: { bytes: next.estimatedBytes, usd: next.usd }, step: 1 };
    case 'running':
      return { ...state, step: 2 };
    case 'drawing':
      return { ...state, step: 3 };
  }
}

/** Face p2: four steps and Cancel. */
export function planFace(question: string, state: PlanState, about: { readonly id: string; readonly engine: string }): Message {
  const title = cut(`Answering: ${state.readAs ?? question}`, 150);
  const price = state.price ? `${sayBytes(state.price.bytes)}, ${sayUsd(state.price.usd)}` : undefined;
  const steps: readonly (readonly [string, string | undefined])[] = [
    ['Read the question', undefined],
    ['Checked the SQL and the price', price],
    [`Running on ${about.engine}`, state.again ? 'still at it' : undefined],
    ['Check and draw', undefined],
  ];
  return {
    text: cut(`Working on it: ${state.readAs ?? question}`, 400),
    blocks: [
      {
        type: 'plan',
        title,
        tasks: steps.map(([name, details], i) => task(i, name, details, state.step)),
      },
      ...actions(button('Cancel', 'question.cancel', about.id)),
    ],
  };
}

/** One step of a plan; `at` is the step that is under way. */
export function task(i: number, title: string, details: string | undefined, at: number): Piece {
  return {
    type: 'task_card',
    task_id: String(i + 1),
    title: cut(title, 150),
    status: i < at ? 'complete' : i === at ? 'in_progress' : 'pending',
    ...(details ? { details: richText(paragraph(words(details))) } : {}),
  };
}
