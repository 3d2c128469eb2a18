import { deepStrictEqual } from 'node:assert'
import pg from 'pg'
import { type Bench, profileFlags } from '../bench.ts'
import { startProcess } from '../bench-process.ts'
import { startMercat } from '../contestants/start-mercat.ts'
import { authorizationOf } from '../load/http-requests.ts'
import { startHttpGenerator } from '../load/start-generator.ts'
import type { OneSelectSettings } from '../peers/one-select-order.ts'
import { takeTurns } from '../rounds.ts'
import { customers, skus } from '../shop.ts'
import type { Measure } from './measure.ts'
import { perSecond } from './place-orders.ts'

/** `GET /v1/orders/{id}` beside a route that verifies the same token and answers the same JSON from one SELECT. */
export const getOrder: Measure = {
	name: 'get-order',
	async run(bench) {
		await using opened = new AsyncDisposableStack()
		const { clients, seconds } = bench.options
		const generator = opened.use(startHttpGenerator(bench.interruption))
		const { order: mercat, databaseUrls } = opened.use(await startMercat(bench))
		const settings = { databaseUrl: databaseUrls.order, secret: bench.secret }
		const byHand = opened.use(
			await startProcess({
				role: 'order',
				entryPoint: import.meta.resolve('../peers/one-select-order.ts'),
				settings: settings satisfies OneSelectSettings,
				execArgv: profileFlags(bench, 'one select', 'order'),
			}),
		)

		const jobFor = (address: string) => ({ origin: `http://${address}`, secret: bench.secret })
		const pace = { clients, requests: customers.length }
		await generator.run({ ...jobFor(mercat.address), pace, wish: { place: skus } })
		const ids = await orderIdsByCustomer(databaseUrls.order)
		await checkSameAnswer(bench, ids, mercat.address, byHand.address)

		const turn = (name: string, server: typeof byHand) => {
			const job = { ...jobFor(server.address), pace: { clients, seconds }, wish: { read: ids } }
			return { name, processes: [server], job }
		}
		const measured = await takeTurns(bench, generator, [turn('one select', byHand), turn('mercat', mercat)], perSecond)
		return [
			{
				title: `GET /v1/orders/{id}, ${clients} clients`,
				unit: 'requests/s',
				...measured,
				comparisons: [{ of: 'mercat', to: 'one select', target: { bound: 'at least', value: 1, aim: 2 } }],
			},
		]
	},
}

// One order of each customer, in the order in which the customers' tokens take turns.
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
