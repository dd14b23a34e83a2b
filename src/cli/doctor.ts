/** */
export async function runDoctor(_args: readonly string[]): Promise<number> {
  return 1;
}
