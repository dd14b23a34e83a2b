import { randomBytes } from 'node:crypto';

const nonce = randomBytes(6).toString('hex');

/** A name for a lambda's parameter that no text of a user can contain. */
export function lambdaName(id: number): string {
  return `λ${id}x${nonce}`;
}

/** The text of a lambda. */
export function lambdaText(parameters: readonly string[], body: string): string {
  return `lambda ${parameters.join(', ')}: ${body}`;
}

/** The body of a lambda with its parameters replaced by texts. */
export function applyLambda(lambda: string, values: readonly string[]): string {
  const at = lambda.indexOf(': ');
  const names = lambda.slice('lambda '.length, at).split(', ');
  let body = lambda.slice(at + 2);
  for (const [index, name] of names.entries()) body = body.replaceAll(name, () => values[index] ?? 'NULL');
  return `(${body})`;
}
