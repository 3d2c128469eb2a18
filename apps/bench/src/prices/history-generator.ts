import { credentials } from '@grpc/grpc-js'
import { catalogPackage } from '@mercat/catalog-api/load-proto'
import pg from 'pg'
import { answerJobs } from '../load/answer-jobs.ts'
import { createTally, type LoadResult } from '../load/load-result.ts'
import { keepPace, type Send } from '../load/pace.ts'

/** Reads a page of bars of days of each product in turn: from the catalog, or by a SELECT of the same rows. */
export type HistoryJob = {
	from: { address: string } | { databaseUrl: string }
	clients: number
	seconds: number
	skus: string[]
	/** The first day of the page. */
	firstDay: string
	bars: number
}

const timeoutMs = 5_000

const selectBars = {
	name: 'select-bars',
	text: `
		select day, currency, open_minor, high_minor, low_minor, close_minor, changes from price_day
		where sku = $1 and day >= $2 order by day limit $3`,
}

answerJobs(async ({ from, clients, seconds, skus, firstDay, bars }: HistoryJob): Promise<LoadResult> => {
	const { readPage, close } = 'address' in from ? openCatalog(from.address) : openPool(from.databaseUrl)
	const tally = createTally()
	let count = 0
	const send: Send = (dueAt, done) => {
		const sku = skus[count++ % skus.length] as string
		readPage(sku).then(
			(found) => {
				if (found === bars) tally.succeeded(dueAt)
				else tally.failed(`${found} bars`)
				done()
			},
			(error) => {
				tally.failed(error.code ?? error.message)
				done()
			},
		)
	}
	await keepPace(send, { clients, seconds })
	const result = tally.result()
	await close()
	return result

	function openCatalog(address: string) {
		const catalog = new catalogPackage.CatalogService(address, credentials.createInsecure())
		const request = {
			from: { seconds: Date.parse(firstDay) / 1000, nanos: 0 },
			step: 'PRICE_STEP_DAY',
			pageSize: bars,
		} as const
		const readPage = (sku: string) =>
			new Promise<number | undefined>((resolve, reject) => {
				const deadline = Date.now() + timeoutMs
				catalog.getPriceHistory({ sku, ...request }, { deadline }, (error, response) => {
					if (error === null) resolve(response?.bars.length)
					else reject(error)
				})
			})
		return { readPage, close: async () => catalog.close() }
	}

	function openPool(databaseUrl: string) {
		const pool = new pg.Pool({ connectionString: databaseUrl, max: clients })
		const readPage = async (sku: string) => {
			const { rows } = await pool.query({ ...selectBars, values: [sku, firstDay, bars] })
			return rows.length
		}
		return { readPage, close: () => pool.end() }
	}
})
