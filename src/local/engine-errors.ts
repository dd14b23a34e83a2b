import type { EngineRefusal } from './engine-messages.ts';

/**
 * What a DuckDB error means to a person. Errors that the translation raises carry Trino's name (`!NAME!text`); known
 * engine errors get the name that Trino would use; a generated text that DuckDB does not take is a gap of this engine.
 * Undefined: a fault that nobody can do anything about.
 */
export function readEngineError(message: string): EngineRefusal | undefined {
  const named = /!([A-Z_]+)!([^\n]*)/.exec(message);
  if (named) return namedError(named[1] ?? '', named[2] ?? '');
  if (/^INTERRUPT/i.test(message)) return { code: 'cancelled', message: 'The query was stopped.' };
  if (/More than one row returned by a subquery/.test(message)) {
    return failed('SUBQUERY_MULTIPLE_ROWS', 'Scalar sub-query has returned multiple rows.');
  }
  if (/^Out of Memory/i.test(message) || /failed to allocate|max_temp_directory_size/i.test(message)) {
    return failed(
      'EXCEEDED_LOCAL_MEMORY_LIMIT',
      'The query needs more memory than the local engine may use. Read fewer days or columns.',
    );
  }
  if (/^Out of Range|out of range|Overflow/i.test(message)) {
    return failed('NUMERIC_VALUE_OUT_OF_RANGE', 'A number in the query is out of the range of its type.');
  }
  if (/^Conversion Error/i.test(message)) return failed('INVALID_CAST_ARGUMENT', 'A value cannot be cast to the wanted type.');
  if (/^(Binder|Not implemented|Parser|Catalog|Syntax|Invalid Input) Error/i.test(message)) {
    return {
      code: 'unsupported_locally',
      construct: 'this combination',
      message: 'This combination works on Athena, not on the local engine.',
    };
  }
  return undefined;
}

function namedError(name: string, text: string): EngineRefusal {
  if (name !== 'UNSUPPORTED_LOCALLY') return failed(name, text);
  return { code: 'unsupported_locally', construct: text, message: `${text} works on Athena, not on the local engine.` };
}

function failed(error: string, message: string): EngineRefusal {
  return { code: 'query_failed', error, message };
}
