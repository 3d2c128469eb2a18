import type { Bar } from '../bar.ts'
import type { OpenBarsOfSource } from '../open-seconds.ts'

/** Bars that are not stored, and the last block of each source whose ticks they or the stored bars have. */
export type OpenTails = { bars: ReadonlyMap<string, readonly OpenBarsOfSource[]>; upto: ReadonlyMap<string, number> }

/** Bars by product, and the last block of each source whose ticks they have. */
export type BarTails = { bars: Map<string, Bar[]>; upto: Map<string, number> }
