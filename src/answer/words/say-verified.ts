import type { Verification } from '../../glossary/verified-question.ts';
import { localDay } from './say-day.ts';

/** «✓ Verified question, approved by the data team on 12 Oct 2026». */
export function sayVerified({ by, on }: Verification): string {
  return `✓ Verified question, approved by ${by} on ${localDay(on)}`;
}
