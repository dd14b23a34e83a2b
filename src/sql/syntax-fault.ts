/**
 * Why a text is not one Trino statement. `line` and `column` are 1-based, `offset` counts code points from 0;
 * `found` is the token at that place ('' = end of the text), `after` the one before it, `expected` what could stand there.
 */
export interface SyntaxFault {
  readonly ok: false;
  readonly code:
    | 'syntax'
    | 'too_deep'
    | 'too_many_tokens'
    | 'several_statements'
    | 'unclosed_quote'
    | 'unknown_character'
    | 'backquote'
    | 'digit_name'
    | 'empty_name';
  readonly line: number;
  readonly column: number;
  readonly offset: number;
  readonly found: string;
  readonly after?: string;
  readonly expected: readonly string[];
}
