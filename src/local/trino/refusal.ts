/** Why the local engine does not run a statement: the code, Trino's error name where it has one, place and construct. */
export interface Refused {
  readonly code: 'unsupported_locally' | 'query_failed';
  readonly error?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly message: string;
  readonly construct?: string | undefined;
}

/** A place in the text, 1-based, of the first token of what was refused. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Carries a refusal out of the depth of the translator; caught once in `translate`. */
export class RefusalError extends Error {
  readonly refused: Refused;
  constructor(refused: Refused) {
    super(refused.message);
    this.refused = refused;
  }
}

/** Trino itself would refuse this: throws with Trino's error name. */
export function refuse(error: string, message: string, place?: Place): never {
  throw new RefusalError({ code: 'query_failed', error, message, line: place?.line, column: place?.column });
}

/** Right on Athena, but this engine cannot do it exactly: throws with the construct's name. */
export function unsupported(construct: string, place?: Place): never {
  throw new RefusalError({
    code: 'unsupported_locally',
    construct,
    message: `${construct} works on Athena, not on the local engine.`,
    line: place?.line,
    column: place?.column,
  });
}
