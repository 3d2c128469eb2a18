import type { ConditionalUpdateSettings } from '../peers/conditional-update-catalog.ts'
import type { FloorOrderSettings } from '../peers/floor-order.ts'
import { type Bench, profileFlags } from '../running/bench.ts'
import { startProcess } from '../running/bench-process.ts'
import type { ShopFront } from './shop-front.ts'

/** Starts the simplest services a team would write by hand: no stock, no idempotency, no outbox. */
export function startFloor(bench: Bench): Promise<ShopFront> {
	return startByHand(bench, 'floor', '../peers/floor-catalog.ts')
}

/** Starts the floor with stock: the catalog runs a conditional UPDATE for each line of an order. */
export function startConditionalUpdate(bench: Bench): Promise<ShopFront> {
	return startByHand(bench, 'conditional update', '../peers/conditional-update-catalog.ts')
}

async function startByHand(bench: Bench, name: string, catalogFile: string): Promise<ShopFront> {
	await using opened = new AsyncDisposableStack()
	const stock = opened.use(await bench.postgres.createDatabase())
	const orders = opened.use(await bench.postgres.createDatabase())
	const catalog = opened.use(
		await startProcess({
			role: 'catalog',
			entryPoint: import.meta.resolve(catalogFile),
			settings: { databaseUrl: stock.url } satisfies ConditionalUpdateSettings,
			execArgv: profileFlags(bench, name, 'catalog'),
		}),
	)
	const settings = { databaseUrl: orders.url, catalogAddress: catalog.address, secret: bench.secret }
	const order = opened.use(
		await startProcess({
			role: 'order',
			entryPoint: import.meta.resolve('../peers/floor-order.ts'),
			settings: settings satisfies FloorOrderSettings,
			execArgv: profileFlags(bench, name, 'order'),
		}),
	)
	const resources = opened.move()
	return { name, catalog, order, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}
