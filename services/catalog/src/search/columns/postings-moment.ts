/** A segment that waits to be folded. No other segment ever has its key, not even after a failover that loses some. */
export type WaitingSegment = { id: number; key: string; size: number }

/** The index of the texts at one moment, without its postings. */
export type PostingsMoment = {
	/** Differs once segments were folded into the postings. */
	version: string
	/** All segments that wait to be folded. */
	segments: WaitingSegment[]
	/** The number of the newest word of the postings. */
	newestWord: number
}
