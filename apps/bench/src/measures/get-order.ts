import { deepStrictEqual } from 'node:assert'
import pg from 'pg'
import { startCheckouts } from '../contestants/start-checkouts.ts'
import { type Mercat, startMercat } from '../contestants/start-mercat.ts'
import { authorizationOf } from '../load/http-requests.ts'
import { startHttpGenerator } from '../load/start-generator.ts'
import type { OneSelectSettings } from '../peers/one-select-order.ts'
import { type Bench, profileFlags } from '../running/bench.ts'
import { type BenchProcess, startProcess } from '../running/bench-process.ts'
import type { Comparison, Measurement } from '../running/measurement.ts'
import { customers } from '../running/shop.ts'
import { type Measure, toEachCommit } from './measure.ts'
import { orderTurn, perSecond } from './order-load.ts'
import { takeTurns } from './take-turns.ts'

/** Compares `GET /v1/orders/{id}` with a route that verifies the same token and gives the same JSON from one SELECT. */
export const getOrder: Measure = {
	name: 'get-order',
	async run(bench) {
		await using opened = new AsyncDisposableStack()
		const mercat = opened.use(await startMercat(bench))
		const settings = { databaseUrl: mercat.databaseUrls.order, secret: bench.secret }
		const byHand = opened.use(
			await startProcess({
				role: 'order',
				entryPoint: import.meta.resolve('../peers/one-select-order.ts'),
				settings: settings satisfies OneSelectSettings,
				execArgv: profileFlags(bench, 'one select', 'order'),
			}),
		)
		const ids = await placeOneOrderEach(bench, mercat)
		await checkSameAnswer(bench, ids, mercat.order.address, byHand.address)
		const servers = [
			{ name: 'one select', server: byHand, ids },
			{ name: mercat.name, server: mercat.order, ids },
		]
		return await measureReads(bench, servers, [
			{ of: 'mercat', to: 'one select', target: { bound: 'at least', value: 1, aim: 2 } },
		])
	},
	async runAgainst(bench) {
		await using started = await startCheckouts(bench)
		const servers: OrderServer[] = []
		for (const shop of started.shops) {
			servers.push({ name: shop.name, server: shop.order, ids: await placeOneOrderEach(bench, shop) })
		}
		return await measureReads(bench, servers, toEachCommit(bench))
	},
}

/** An order service and the ids of the orders to read from it. */
type OrderServer = { name: string; server: BenchProcess; ids: string[] }

async function measureReads(bench: Bench, servers: OrderServer[], comparisons: Comparison[]): Promise<Measurement[]> {
	await using generator = startHttpGenerator(bench.interruption)
	const { clients, seconds } = bench.options
	const turns = servers.map(({ name, server, ids }) => {
		const job = {
			origin: `http://${server.address}`,
			pace: { clients, seconds },
			wish: { read: ids },
			secret: bench.secret,
		}
		return { name, processes: [server], job }
	})
	const measured = await takeTurns(bench, generator, turns, perSecond)
	return [{ title: `GET /v1/orders/{id}, ${clients} clients`, unit: 'requests/s', ...measured, comparisons }]
}

/** Places one order for each customer and returns the ids in the order of `customers`. */
async function placeOneOrderEach(bench: Bench, shop: Mercat): Promise<string[]> {
	await using generator = startHttpGenerator(bench.interruption)
	const pace = { clients: bench.options.clients, requests: customers.length }
	await generator.run(orderTurn(bench, shop, pace).job)
	return await orderIdsByCustomer(shop.databaseUrls.order)
}

async function orderIdsByCustomer(databaseUrl: string): Promise<string[]> {
	const client = new pg.Client(databaseUrl)
	await client.connect()
	const { rows } = await client.query<{ id: string; customer_id: string }>('select id, customer_id from orders')
	await client.end()
	const idByCustomer = new Map(rows.map((row) => [row.customer_id, row.id]))
	return customers.map((customer) => {
		const id = idByCustomer.get(customer)
		if (id === undefined) throw new Error(`${customer} has no order`)
		return id
	})
}

async function checkSameAnswer({ secret }: Bench, ids: string[], ...addresses: string[]): Promise<void> {
	const headers = { authorization: authorizationOf(customers[0] as string, secret) }
	const answers = addresses.map(async (address) => {
		return (await fetch(`http://${address}/v1/orders/${ids[0]}`, { headers })).json()
	})
	const [one, other] = await Promise.all(answers)
	deepStrictEqual(one, other)
}
