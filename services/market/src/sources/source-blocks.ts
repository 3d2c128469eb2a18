/** The number of the latest block of each source at a time, in milliseconds since 1970 by the clock of the database. */
export type SourceBlocks = { atMs: number; blocks: { source: string; block: number }[] }
