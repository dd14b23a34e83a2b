/** Athena's list price: 5 USD a terabyte, 10 MB a query at least (AWS price list, us-east-1). */
export function priceOf(bytes: number): { readonly billedBytes: number; readonly usd: number } {
  const billedBytes = Math.max(bytes, 10_000_000);
  return { billedBytes, usd: (billedBytes / 1e12) * 5 };
}
