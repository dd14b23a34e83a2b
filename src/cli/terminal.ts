/** What a verb has of the terminal it was typed in. */
export interface Terminal {
  /** Settings by name; without it the process's own and those of `.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly input: NodeJS.ReadableStream;
  /** One line of results, to standard output. */
  readonly out: (line: string) => void;
  /** One line for people, to standard error. */
  readonly err: (line: string) => void;
}
