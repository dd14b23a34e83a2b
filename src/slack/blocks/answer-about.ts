import type { Mark } from '../../answer/stations.ts';

/** What an answer's face needs beside the answer: `id` is what its buttons carry. */
export interface AnswerAbout {
  readonly id: string;
  /** Slack file id of the picture, once Slack has it. */
  readonly picture?: string;
  /** Who shared it, who asked, with which command and words. */
  readonly shared?: { readonly asker: string; readonly command: '/ask' | '/sql' };
  /** The 🔄 mark of a corrected answer. */
  readonly updated?: Mark;
  /** Lines of a digest, above the freshness line; its menu replaces the answer's. */
  readonly digest?: { readonly line: string; readonly name: string; readonly late?: Mark };
  /** Editors may approve it for its question. */
  readonly canVerify?: boolean;
}
