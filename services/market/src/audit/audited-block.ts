import type { JudgedTick } from '../folding/blocks/judged-tick.ts'

/** The ticks of one transaction, and when it was, in milliseconds since 1970. */
export type AuditedBlock = { begunAtMs: number; ticks: JudgedTick[] }

/** Gives the stored blocks of a source after one, and up to another one where that is given. The oldest comes first. */
export type ReadAuditedBlocks = (span: { source: string; after: number; upto?: number }) => AsyncIterable<AuditedBlock>
