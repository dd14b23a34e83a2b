import { bucketLiteral, bucketsOf, bucketsSql, unrolledBucket } from './bucket-sql.ts';
import { type Frame, keysOf } from './frame.ts';
import { segmentValues } from './row-conditions.ts';
import { selectText } from './sql-text.ts';

/** All buckets of the first side with empty measures, so that a bucket without rows is there too. */
export function spineText(frame: Frame, measures: number): string | undefined {
  const side = frame.sides[0]!;
  const buckets = frame.grain && bucketsOf(frame.grain, side.period, frame, frame.zone, frame.lookback);
  if (frame.grain && !buckets) return undefined;
  const from = [...(buckets ? [`${bucketsSql(frame.grain!, buckets, frame.zone)} AS b (bucket)`] : []), ...segmentValues(frame)];
  const keys = keysOf(frame).map(({ kind, name }) =>
    kind === 'time' ? unrolledBucket(frame.grain!, 'b.bucket', frame.zone) : `g.${name}`,
  );
  return selectText({
    columns: [...keys, ...Array.from({ length: measures }, () => 'NULL')].map((sql) => ({ sql })),
    from: from.join('\nCROSS JOIN '),
  });
}

/** First and last bucket of the first side, as literals. */
export function timeLimits(frame: Frame): { readonly first: string; readonly last: string } | undefined {
  const buckets = frame.grain && bucketsOf(frame.grain, frame.sides[0]!.period, frame, frame.zone);
  return buckets && { first: bucketLiteral(frame.grain!, buckets.first), last: bucketLiteral(frame.grain!, buckets.last) };
}
