/**
 * Raised when the reader means something else by the same raw file: what was staged by another version is read again from raw.
 * A test holds the reader's answers to it.
 */
export const READER_VERSION = 1;
