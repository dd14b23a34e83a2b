/** */
export async function runEval(_args: readonly string[]): Promise<number> {
  return 1;
}
