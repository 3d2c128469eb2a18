/** What one run of the writer did. */
export type Assignment = {
	/** How many events got a position. */
	events: number
	/** The last position of the log, whoever wrote it. */
	lastPosition: number
	/** How long the oldest of these events had waited, in seconds. */
	delayS: number
	/** How long the oldest event without a position has waited for another process to give it one, in seconds. */
	waitingS: number
	/** Whether more events may wait. */
	isMore: boolean
}
