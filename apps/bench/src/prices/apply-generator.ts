import { callUnary, createCatalogClients } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import pg from 'pg'
import { answerJobs } from '../load/answer-jobs.ts'
import { createTally, type LoadResult } from '../load/load-result.ts'
import { keepPace, type Send } from '../load/pace.ts'

export type PricesOf = { skus: string[]; amounts: number[] }

/** Sets the prices of blocks of products in turn, each a little higher or lower: by `ApplyPrices`, or by an UPDATE. */
export type ApplyJob = {
	to: { address: string; source: string; token: string } | { databaseUrl: string; table: string }
	seconds: number
	blocks: PricesOf[]
}

const timeoutMs = 10_000

// Each process begins with a later sequence.
let sequence = Date.now() * 1000
/** How many calls each contestant has had. */
const calls = new Map<string, number>()

answerJobs(async ({ to, seconds, blocks }: ApplyJob): Promise<LoadResult> => {
	const { apply, close } = 'address' in to ? openCatalog(to) : await openClient(to)
	const contestant = 'address' in to ? to.address : to.databaseUrl
	const tally = createTally()
	const send: Send = (dueAt, done) => {
		const call = calls.get(contestant) ?? 0
		calls.set(contestant, call + 1)
		const { skus, amounts } = blocks[call % blocks.length] as PricesOf
		// Each price differs from the one before, and every second one is lower.
		const higher = 1 - (Math.floor(call / blocks.length) % 2)
		apply(
			skus,
			amounts.map((amount) => amount + higher),
		).then(
			(applied) => {
				if (applied === skus.length) tally.succeeded(dueAt)
				else tally.failed(`${applied} applied`)
				done()
			},
			(error) => {
				tally.failed(error.code ?? error.message)
				done()
			},
		)
	}
	await keepPace(send, { clients: 1, seconds })
	const result = tally.result()
	await close()
	return result
})

type Applying = {
	/** Returns how many prices were set. */
	apply(skus: string[], amounts: number[]): Promise<number | null>
	close(): Promise<void>
}

function openCatalog({ address, source, token }: { address: string; source: string; token: string }): Applying {
	const clients = createCatalogClients(address)
	return {
		async apply(skus, amounts) {
			const prices = skus.map((sku, index) => {
				return { sku, price: { currencyCode: 'EUR', amountMinor: amounts[index] as number } }
			})
			const request = { source, sequence: ++sequence, prices }
			const { outcomes } = await callUnary(clients.catalog, catalogRpcs.ApplyPrices, request, { timeoutMs, token })
			return outcomes.filter(({ result }) => result === 'RESULT_APPLIED').length
		},
		close: async () => clients.close(),
	}
}

async function openClient({ databaseUrl, table }: { databaseUrl: string; table: string }): Promise<Applying> {
	const client = new pg.Client(databaseUrl)
	await client.connect()
	const text = `
		update ${table} as product set currency = sent.currency, amount_minor = sent.amount_minor
		from unnest($1::text[], $2::text[], $3::bigint[]) as sent (sku, currency, amount_minor)
		where product.sku = sent.sku`
	return {
		async apply(skus, amounts) {
			const values = [skus, skus.map(() => 'EUR'), amounts]
			return (await client.query({ name: 'update-prices', text, values })).rowCount
		},
		close: () => client.end(),
	}
}
