import type { JudgedTick } from '../folding/blocks/judged-tick.ts'

/** The ticks of one transaction, and when it was, in milliseconds since 1970. */
export type AuditedBlock = { block: number; begunAtMs: number; ticks: JudgedTick[] }

/** Gives the stored blocks of a source after one, the oldest first. */
export type ReadAuditedBlocks = (source: string, after: number) => AsyncIterable<AuditedBlock>
