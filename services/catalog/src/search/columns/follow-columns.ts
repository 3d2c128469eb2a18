import { type DatabaseMoment, goesOnFrom } from '@mercat/database/snapshot'
import type { Budget } from '@mercat/service/budget'
import type { Changes } from './column-changes.ts'
import { type ColumnsView, longestSearchMs } from './columns.ts'
import { createColumnsView } from './columns-view.ts'
import { type LoadColumnsNeeds, loadColumns } from './load-columns.ts'
import type { ProductStates, ProductTable } from './memory/product-table.ts'

export type FollowColumnsNeeds = LoadColumnsNeeds & {
	/** What was committed since a snapshot. */
	readChanges(since: string, mostStates: number, budget: Budget): Promise<Changes>
	readStates(skus: readonly string[]): Promise<ProductStates>
	onLoaded?(facts: { products: number; ms: number; bytes: number }): void
}

export type FollowColumnsOptions = {
	/** Ends a load that is under way. */
	signal: AbortSignal
	sliceSize?: number
	/** How many changed products one statement reads. */
	mostStates?: number
	/** So many products may be out of the order of their skus. While products arrive: a quarter of all, too. */
	mostUnsorted?: number
	/** Products no longer arrive when the last one came so long ago. */
	quietMs?: number
}

type Followed = {
	table: ProductTable
	/** The moment of the latest poll. */
	moment: DatabaseMoment
	/** On the clock of `performance.now()`. */
	loadedAt: number
}

// Changes are kept for ten minutes. They may be missing when the process slept for longer than this.
const longestGapMs = 300_000

/** The columns of one process. They are as of the latest poll, and a caller polls. */
export function followColumns(
	needs: FollowColumnsNeeds,
	{ signal, sliceSize, mostStates = 1_000, mostUnsorted = 16_384, quietMs = 2_000 }: FollowColumnsOptions,
) {
	let followed: Followed | undefined
	let loading: Promise<void> | undefined
	// A table in a better order, which takes the place of the present one at the next poll.
	let renewed: Followed | undefined
	let isRenewing = false
	let polls = 0
	let grownAt = Number.NEGATIVE_INFINITY

	async function read(): Promise<Followed> {
		const startedAt = performance.now()
		const { table, moment } = await loadColumns(needs, { signal, sliceSize })
		const loadedAt = performance.now()
		needs.onLoaded?.({ products: table.size, ms: Math.round(loadedAt - startedAt), bytes: table.bytes() })
		return { table, moment, loadedAt }
	}

	async function load(): Promise<void> {
		followed = await read()
	}

	/** Reads the products in the order of their skus while the present table answers. */
	async function renew(): Promise<void> {
		isRenewing = true
		try {
			renewed = await read()
		} catch {
			// A later poll begins again. It meets the same trouble, and reports it.
		} finally {
			isRenewing = false
		}
	}

	// A search of a common word puts all of its unsorted products in order. A new table costs some seconds once.
	function isInDisorder({ size, sortedEnd }: ProductTable): boolean {
		const unsorted = size - sortedEnd
		return unsorted > mostUnsorted && (unsorted * 4 > size || performance.now() - grownAt >= quietMs)
	}

	/** Writes changes into the table. When it fails, the same changes come again with the next poll. */
	async function apply(
		{ deadDocs, states, rest, restDocs }: Changes,
		table: ProductTable,
		poll: number,
	): Promise<void> {
		const slotOfSku = table.slotsOf(deadDocs)
		table.apply(states, slotOfSku, poll)
		for (let first = 0; first < rest.length; first += mostStates) {
			// These states are newer than the poll, and may have docs that it knows nothing of. So a product is also found by the doc that
			// it had at the poll. The next poll finds the same docs as now, or later ones.
			const later = await needs.readStates(rest.slice(first, first + mostStates))
			const known = table.slotsOf(restDocs.slice(first, first + mostStates).filter((doc) => doc !== null))
			table.apply(later, { get: (sku) => known.get(sku) ?? slotOfSku.get(sku) }, poll)
		}
		table.dropDead(deadDocs, poll)
	}

	return {
		get isLoaded() {
			return followed !== undefined
		},
		/** Loads the columns unless they are. Callers share a load; when it fails, all of them fail. */
		load(): Promise<void> {
			if (followed !== undefined) return Promise.resolve()
			loading ??= load().finally(() => {
				loading = undefined
			})
			return loading
		},
		/**
		 * Reads what was committed since the poll before. Only one poll may run at a time.
		 *
		 * @returns undefined when the columns must be loaded first
		 */
		async poll(budget: Budget): Promise<ColumnsView | undefined> {
			if (followed === undefined) return undefined
			followed = renewed ?? followed
			renewed = undefined
			const { table, moment, loadedAt } = followed
			const { size } = table
			const changes = await needs.readChanges(moment.snapshot, mostStates, budget)
			if (!goesOnFrom(changes, moment, { longestGapMs })) {
				followed = undefined
				return undefined
			}
			const poll = ++polls
			await apply(changes, table, poll)
			const oldest = performance.now() - longestSearchMs
			table.docs.settle(oldest)
			// While products arrive, a new table would be in disorder soon.
			if (size !== table.size) grownAt = performance.now()
			else if (!isRenewing && isInDisorder(table)) void renew()
			followed = { table, moment: { snapshot: changes.snapshot, atMs: changes.atMs }, loadedAt }
			return createColumnsView({ table, index: changes.index, poll, keepsAll: loadedAt > oldest })
		},
		bytes: () => followed?.table.bytes() ?? 0,
	}
}

export type FollowedColumns = ReturnType<typeof followColumns>
