import { expect, jest, test } from '@jest/globals';
import { BaseErrorListener, CharStreams, CommonTokenStream, PredictionMode } from 'antlr4ng';
import { SparkSqlLexer } from 'dt-sql-parser/dist/lib/spark/SparkSqlLexer.js';
import { SparkSqlParser } from 'dt-sql-parser/dist/lib/spark/SparkSqlParser.js';
import { TRANSFORM_NAMES, transform } from '../../src/refresh/transforms.ts';

jest.setTimeout(300_000);

test("Spark's own grammar reads every transform, and none of DuckDB's alone", () => {
  for (const name of TRANSFORM_NAMES) expect([name, sparkFaults(transform(name))]).toEqual([name, []]);
  for (const other of ['SELECT a::INT FROM t', 'SELECT * EXCLUDE (a) FROM t', 'SELECT [x FOR x IN a] FROM t'])
    expect([other, sparkFaults(other).length > 0]).toEqual([other, true]);
});

function sparkFaults(text: string): readonly string[] {
  const faults: string[] = [];
  const listener = new (class extends BaseErrorListener {
    override syntaxError(...[, , line, column, message]: Parameters<BaseErrorListener['syntaxError']>): void {
      faults.push(`${line}:${column} ${message}`);
    }
  })();
  const lexer = new SparkSqlLexer(CharStreams.fromString(text));
  const parser = new SparkSqlParser(new CommonTokenStream(lexer));
  parser.interpreter.predictionMode = PredictionMode.SLL;
  for (const part of [lexer, parser]) {
    part.removeErrorListeners();
    part.addErrorListener(listener);
  }
  parser.program();
  return faults;
}
