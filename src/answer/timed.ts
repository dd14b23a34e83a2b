/** Does some work and adds its milliseconds to a station's, also where it fails. */
export async function timed<T>(times: Record<string, number>, station: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  try {
    return await work();
  } finally {
    times[station] = (times[station] ?? 0) + performance.now() - start;
  }
}
