/** What a statement that does more than read would do, by its first word; and what to write instead, where there is something. */
export const WRITE_VERBS: ReadonlyMap<string, { readonly deed: string; readonly instead?: string }> = new Map([
  ...verbs('changes data', ['INSERT', 'MERGE', 'REPLACE', 'UPSERT', 'COPY', 'LOAD', 'IMPORT']),
  ...verbs('changes data', ['DELETE', 'UPDATE'], 'To see the rows it would touch, write SELECT * with the same WHERE.'),
  ...verbs('empties a table', ['TRUNCATE']),
  ...verbs('writes files', ['UNLOAD', 'EXPORT'], 'Send the SELECT inside it alone.'),
  ...verbs('makes something new', ['CREATE'], 'If a SELECT stands inside it, send that alone.'),
  ...verbs('changes a table', ['ALTER', 'RENAME', 'COMMENT', 'MSCK', 'REPAIR', 'VACUUM', 'OPTIMIZE', 'REFRESH', 'ANALYZE']),
  ...verbs('removes something', ['DROP']),
  ...verbs('changes rights', ['GRANT', 'REVOKE', 'DENY']),
  ...verbs('changes the session', ['SET', 'RESET', 'USE', 'START', 'BEGIN', 'COMMIT', 'ROLLBACK', 'LOCK', 'UNLOCK']),
  ...verbs(
    'prepares or runs another statement',
    ['PREPARE', 'EXECUTE', 'EXEC', 'DEALLOCATE', 'CALL', 'DO'],
    'Send the statement itself.',
  ),
  ...verbs('calls code outside', ['USING', 'KILL', 'ATTACH', 'DETACH', 'INSTALL', 'PRAGMA', 'DECLARE', 'ADD']),
]);

/** The words with which a statement that reads can begin. */
export const READ_VERBS: ReadonlySet<string> = new Set([
  'SELECT',
  'WITH',
  'VALUES',
  'TABLE',
  'SHOW',
  'DESCRIBE',
  'DESC',
  'EXPLAIN',
  '(',
]);

function verbs(deed: string, words: readonly string[], instead?: string): [string, { deed: string; instead?: string }][] {
  return words.map((word) => [word, { deed, ...(instead ? { instead } : {}) }]);
}
