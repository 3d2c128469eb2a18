/** What a run of the writer saw of the inbox. */
export type InboxView = {
	/** The largest id that was given out, read after the snapshot of the run was taken. */
	lastId: number
	/** Every transaction with a smaller id has ended, in the snapshot of the run. */
	xmin: number
	/** Every transaction with this id or a larger one had not begun, in the snapshot of the run. */
	xmax: number
	/** Whether the run has taken all transitions that its snapshot shows. */
	tookAll: boolean
}

export type InboxMark = {
	/** No transition with this id or a smaller one is, or will be, in the inbox. */
	readonly id: number
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
	let candidate: { id: number; endedBefore?: number } | undefined
	return {
		get id() {
			return id
		},
		note({ lastId, xmin, xmax, tookAll }) {
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
