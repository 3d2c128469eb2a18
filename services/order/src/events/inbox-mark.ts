/** What a run of the writer saw of the inbox. */
export type InboxView = {
	/** The largest id that was given out, or 0, read after the snapshot of the run was taken. */
	lastId: number
	/** Every transaction with a smaller id has ended, in the snapshot of the run. */
	xmin: number
	/** Every transaction with this id or a larger one had not begun, in the snapshot of the run. */
	xmax: number
	/** The history of the server. A standby that is promoted begins a new one, and may lack the last ids of the former. */
	timeline: string
	/** Whether the run has taken all transitions that its snapshot shows. */
	tookAll: boolean
}

export type InboxMark = {
	/** No transition with this id or a smaller one is, or will be, in the inbox, as long as the timeline goes on. */
	readonly id: number
	readonly timeline: string
	note(view: InboxView): void
}

/**
 * Tells from where the writer has to search the inbox. A transition gets its id before its transaction commits, so the
 * largest id that was taken proves nothing. But a transaction that has an id of the inbox has a transaction id, too. So when
 * all transactions that had begun after an id was read have ended, a run that takes all has taken all up to that id.
 *
 * Without the mark each run would pass over the rows that were deleted before, which stay as long as any transaction is
 * open that is older, such as a backup.
 */
export function createInboxMark(): InboxMark {
	let id = 0
	let timeline = ''
	let candidate: { id: number; endedBefore?: number } | undefined
	return {
		get id() {
			return id
		},
		get timeline() {
			return timeline
		},
		note({ lastId, xmin, xmax, tookAll, ...view }) {
			if (view.timeline !== timeline) {
				id = 0
				candidate = undefined
				timeline = view.timeline
			}
			if (candidate !== undefined) {
				candidate.endedBefore ??= xmax
				if (tookAll && xmin >= candidate.endedBefore) {
					id = candidate.id
					candidate = undefined
				}
			}
			candidate ??= { id: lastId }
		},
	}
}
