import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { type CallOptions, Metadata, type ServiceError } from '@grpc/grpc-js'
import { type CatalogClients, createCatalogClients } from '@mercat/catalog-api/client'
import type { ApplyPricesResponse__Output as Applied } from '@mercat/catalog-api/messages/ApplyPricesResponse'
import { partsOf } from '@mercat/service/parts-of'
import { signToken } from '@mercat/service/tokens'
import { answerJobs } from '../load/answer-jobs.ts'
import { createLatencies } from '../load/latencies.ts'
import { tokenIssuer } from '../running/shop.ts'
import { priceAfter, pricesOfCall, pricesPerCall, tickingSkus } from './ticking-prices.ts'

export type PriceJob =
	/** Takes the prices of the products from the shop. */
	| { take: { address: string; secret: string } }
	/** Changes prices at a constant rate until it is stopped. */
	| { start: { changesPerSecond: number } }
	| { stop: true }

export type PriceReport = {
	/** The number of calls since the prices were taken. */
	calls: number
	/** The changes since the last start. */
	changes: number
	seconds: number
	/** The p99 of a call since the last start. */
	p99Ms: number
}

const source = 'bench'
const timeoutMs = 10_000
const lifetimeMs = 24 * 3_600_000
const mostGiven = 500
const mostFailures = 20
const repeatAfterMs = 250

let clients: CatalogClients | undefined
let metadata = new Metadata()
let calls = 0
let running: { isOver: boolean; ended: Promise<Omit<PriceReport, 'calls'>> } | undefined

answerJobs(async (job: PriceJob): Promise<PriceReport> => {
	let last = { changes: 0, seconds: 0, p99Ms: 0 }
	if ('take' in job) await take(job.take)
	else if ('start' in job) start(job.start.changesPerSecond)
	else if (running !== undefined) {
		running.isOver = true
		last = await running.ended
		running = undefined
	}
	return { calls, ...last }
})

async function take({ address, secret }: { address: string; secret: string }): Promise<void> {
	clients = createCatalogClients(address)
	metadata = new Metadata()
	const claims = { subject: 'bench', scope: 'catalog:write', lifetimeMs }
	metadata.set('authorization', `Bearer ${signToken({ ...tokenIssuer, secret }, claims)}`)
	const { catalog } = clients
	const update = promisify(catalog.updateProduct.bind(catalog) as Call<object, unknown>)
	const give = promisify(catalog.giveProducts.bind(catalog) as Call<object, unknown>)
	const updateMask = { paths: ['price'] }
	for (const sku of tickingSkus) {
		await update({ product: { sku, price: priceAfter(0) }, updateMask }, metadata, { deadline: Date.now() + timeoutMs })
	}
	for (const skus of partsOf(tickingSkus, mostGiven)) {
		const request = { skus, source, parts: ['PRODUCT_PART_PRICE'] }
		await give(request, metadata, { deadline: Date.now() + timeoutMs })
	}
}

type Call<Request, Response> = (
	request: Request,
	metadata: Metadata,
	options: CallOptions,
	done: (error: ServiceError | null, response?: Response) => void,
) => void

function start(changesPerSecond: number): void {
	const run = { isOver: false, ended: Promise.resolve({ changes: 0, seconds: 0, p99Ms: 0 }) }
	run.ended = changePrices(changesPerSecond, run)
	running = run
}

async function changePrices(changesPerSecond: number, run: { isOver: boolean }) {
	const intervalMs = (1000 * pricesPerCall) / changesPerSecond
	const latencies = createLatencies()
	const startedAt = performance.now()
	const before = calls
	while (!run.isOver) {
		const dueAt = startedAt + (calls - before) * intervalMs
		await sleep(Math.max(0, dueAt - performance.now()))
		await applyPrices()
		latencies.record(performance.now() - dueAt)
	}
	const seconds = (performance.now() - startedAt) / 1000
	return { changes: (calls - before) * pricesPerCall, seconds, p99Ms: latencies.percentiles().p99Ms }
}

/** A call of the same sequence changes nothing again, so it can be repeated when it was not answered. */
async function applyPrices(): Promise<void> {
	const request = { source, sequence: calls + 1, prices: pricesOfCall(calls) }
	for (let failures = 0; ; ) {
		const answer = await apply(request)
		if ('code' in answer) {
			if (++failures > mostFailures) throw answer
			console.error(`  the prices were not applied: ${answer.message}`)
			await sleep(repeatAfterMs)
			continue
		}
		const other = answer.outcomes.find(({ result }) => result !== 'RESULT_APPLIED')
		if (other) throw new Error(`the price of ${other.sku} was not applied: ${other.result}`)
		calls++
		return
	}
}

function apply(request: object): Promise<Applied | ServiceError> {
	return new Promise((resolve, reject) => {
		if (clients === undefined) return reject(new Error('the prices are not taken'))
		clients.catalog.applyPrices(request, metadata, { deadline: Date.now() + timeoutMs }, (error, response) => {
			resolve(error ?? (response as Applied))
		})
	})
}
