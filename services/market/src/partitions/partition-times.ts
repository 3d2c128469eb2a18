import type { Retention } from '../settings/retention.ts'

export type PartitionedTable =
	| 'tick_block'
	| 'bar_1s'
	| 'bar_1m'
	| 'bar_1h'
	| 'bar_1d'
	| 'sales_1m'
	| 'sales_1h'
	| 'sales_1d'

/** A partition of a table, with its bounds in milliseconds since 1970. The end does not belong to it. */
export type Partition = { table: PartitionedTable; name: string; fromMs: number; toMs: number }

type Length = 'tenMinutes' | 'hour' | 'day' | 'month' | 'year'

type PartitionPlan = {
	table: PartitionedTable
	length: Length
	kept: keyof Retention
	/** How much of a page the first versions of rows fill, in percent. */
	fill?: number
}

const plans: PartitionPlan[] = [
	{ table: 'tick_block', length: 'tenMinutes', kept: 'ticks' },
	// A quarter of the bars get a second version within seconds. On the same page it needs no new entry in the index.
	{ table: 'bar_1s', length: 'hour', kept: '1s', fill: 80 },
	{ table: 'bar_1m', length: 'day', kept: '1m' },
	{ table: 'bar_1h', length: 'month', kept: '1h' },
	{ table: 'bar_1d', length: 'year', kept: '1d' },
	{ table: 'sales_1m', length: 'day', kept: '1m' },
	{ table: 'sales_1h', length: 'month', kept: '1h' },
	{ table: 'sales_1d', length: 'year', kept: '1d' },
]

export const partitionedTables = plans.map(({ table }) => table)

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** How long partitions are made ahead, so that a database that is away for so long has those that are needed when it is back. */
const aheadMs = 2 * hourMs

/**
 * The partitions that must be there at a time.
 *
 * @param oldestTickMs how old a tick may be whose bar is told
 */
export function partitionsAt(nowMs: number, retention: Retention, oldestTickMs: number): Partition[] {
	return plans.flatMap(({ table, length, kept }) => {
		const since = table === 'tick_block' ? nowMs - 10 * minuteMs : nowMs - oldestTickMs - hourMs
		const partitions: Partition[] = []
		for (let fromMs = beginOf(length, since); fromMs <= nowMs + aheadMs; ) {
			const partition = partitionOf(table, fromMs)
			if (!isOver(partition, retention[kept], nowMs)) partitions.push(partition)
			fromMs = partition.toMs
		}
		return partitions
	})
}

/** The partition of a table for the rows of a time. */
export function partitionOf(table: PartitionedTable, ms: number): Partition {
	const { length } = planOf(table)
	const fromMs = beginOf(length, ms)
	return { table, name: nameOf(table, fromMs), fromMs, toMs: nextBegin(length, fromMs) }
}

/** Whether a partition has only what is kept no longer. */
export function isOver({ toMs }: Pick<Partition, 'toMs'>, keptMs: number, nowMs: number): boolean {
	return toMs <= nowMs - keptMs
}

/** How long a table keeps its rows. */
export function keptMsOf(table: PartitionedTable, retention: Retention): number {
	return retention[planOf(table).kept]
}

/** How much of a page the first versions of the rows of a table fill, in percent. */
export function fillOf(table: PartitionedTable): number {
	return planOf(table).fill ?? 100
}

/** The partition that has this name; undefined for other names. */
export function partitionNamed(name: string): Partition | undefined {
	const [, table = '', digits = ''] = /^(\w+?)_p(\d{12})$/.exec(name) ?? []
	const plan = plans.find((plan) => plan.table === table)
	if (plan === undefined) return undefined
	const fromMs = Date.parse(digits.replace(/(....)(..)(..)(..)(..)/, '$1-$2-$3T$4:$5Z'))
	return { table: plan.table, name, fromMs, toMs: nextBegin(plan.length, fromMs) }
}

/** Such as `bar_1s_p202611300700` for the hour that begins then (UTC). */
function nameOf(table: PartitionedTable, fromMs: number): string {
	return `${table}_p${new Date(fromMs).toISOString().slice(0, 16).replace(/\D/g, '')}`
}

function planOf(table: PartitionedTable): PartitionPlan {
	return plans.find((plan) => plan.table === table) as PartitionPlan
}

function beginOf(length: Length, ms: number): number {
	const date = new Date(ms)
	if (length === 'year') return Date.UTC(date.getUTCFullYear(), 0)
	if (length === 'month') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
	return ms - (ms % fixedLengths[length])
}

function nextBegin(length: Length, fromMs: number): number {
	const date = new Date(fromMs)
	if (length === 'year') return Date.UTC(date.getUTCFullYear() + 1, 0)
	if (length === 'month') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1)
	return fromMs + fixedLengths[length]
}

const fixedLengths = { tenMinutes: 10 * minuteMs, hour: hourMs, day: 24 * hourMs }
