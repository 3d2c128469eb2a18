import type { Logger } from '@mercat/service/log'
import { Counter } from '@mercat/service/metrics'
import type { ReportDamage } from '../segments/damaged-index-error.ts'

const damagedRows = new Counter({
	name: 'mercat_search_damaged_rows_total',
	help: 'Damaged rows of the search index that this process has met',
})

/** Logs and counts each damaged row once, whichever part of the search meets it. */
export function reportDamage(log: Pick<Logger, 'error'>): ReportDamage {
	const reported = new Set<string>()
	return (error) => {
		if (reported.has(error.message)) return
		if (reported.size === mostReported) reported.clear()
		reported.add(error.message)
		damagedRows.inc()
		log.error({ err: error }, 'the search index is damaged')
	}
}

const mostReported = 1_000
