import { enableCompileCache, registerHooks } from 'node:module';

// A quarter of a start's time is reading modules that have not changed since the last one.
enableCompileCache();

// dt-sql-parser is published as ES modules with one import that lacks its file extension, which Node refuses.
// Loaded by `--import` in the npm scripts; Jest's own resolver needs no help.
registerHooks({
  resolve(specifier, context, next) {
    const bare = specifier === '../SQLParserBase' && context.parentURL?.includes('/dt-sql-parser/');
    return next(bare ? `${specifier}.js` : specifier, context);
  },
});
