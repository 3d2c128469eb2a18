import { createLastChanges, type ProductState } from './last-changes.ts'

/** An entry of the log. Without a position it waits for it. */
export type AuditedEntry = { id: number; position: number | null; changes: (ProductState & { sku: string })[] }

export type LogReading = ReturnType<typeof createLogReading>

/** Reads some of the next entries: none at the end of the log. */
export type LogPages = {
	/** The entries behind a position, in the order of their positions. */
	numberedAfter(position: number): Promise<AuditedEntry[]>
	/** The entries without a position behind an id, in the order of their ids. */
	waitingAfter(id: number): Promise<AuditedEntry[]>
}

type Fault = { subject: string; finding: string }

const mostBreaches = 10_000

/**
 * Reads the log from its first entry on, and goes on when it is read again.
 *
 * @param gaps the positions before which an entry is missing. Before any other position, entries were deleted while the log was
 * read, because they were old.
 */
export function createLogReading(gaps: ReadonlySet<number>) {
	let latest = createLastChanges()
	let position = 0
	const takenBeforeNumbered = new Set<number>()
	const breaches: Fault[] = []

	function take({ changes }: AuditedEntry): void {
		for (const { sku, ...state } of changes) {
			const finding = latest.add(sku, state)
			if (finding !== undefined && breaches.length < mostBreaches) breaches.push({ subject: sku, finding })
		}
	}

	function takeNumbered(entry: AuditedEntry): void {
		const next = entry.position as number
		if (next !== position + 1 && !gaps.has(next)) latest = createLastChanges()
		position = next
		if (!takenBeforeNumbered.delete(entry.id)) take(entry)
	}

	async function readNumbered({ numberedAfter }: LogPages): Promise<void> {
		for (;;) {
			const page = await numberedAfter(position)
			if (page.length === 0) return
			for (const entry of page) takeNumbered(entry)
		}
	}

	async function readWaiting({ waitingAfter }: LogPages): Promise<void> {
		for (let after = 0; ; ) {
			const page = await waitingAfter(after)
			if (page.length === 0) return
			for (const entry of page) {
				after = entry.id
				if (takenBeforeNumbered.has(entry.id)) continue
				takenBeforeNumbered.add(entry.id)
				take(entry)
			}
		}
	}

	return {
		/** Reads the entries that have a position. Each page is read for itself. */
		readNumbered,
		/** Reads all entries that are left. They must be read as they are at one moment. */
		async readRest(pages: LogPages): Promise<void> {
			await readNumbered(pages)
			await readWaiting(pages)
		},
		/** In what a product differs from its latest change. */
		faultOf: (sku: string, product: ProductState) => latest.faultOf(sku, product),
		breaches: (): readonly Fault[] => breaches,
	}
}
