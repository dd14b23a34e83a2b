/** A glossary that can't be used; its message names the file, the line and the mend. */
export class GlossaryFault extends Error {}
