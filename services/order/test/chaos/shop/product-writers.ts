import { randomUUID } from 'node:crypto'
import { Metadata, type ServiceError, status } from '@grpc/grpc-js'
import { type CatalogClients, callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs, inventoryRpcs } from '@mercat/catalog-api/load-proto'
import type { Product } from '@mercat/catalog-api/messages/Product'
import { eventually } from '@mercat/testing/eventually'
import type { SeededRandom } from '@mercat/testing/seeded-random'

export type ProductWritersNeeds = {
	random: SeededRandom
	/** The catalog to ask next. */
	clients(): CatalogClients
	token(scope: string): string
}

export type ProductWriters = ReturnType<typeof createProductWriters>

// A killed catalog may take long to come back on a busy machine.
const patience = { timeout: 180_000, interval: 20 }
const source = 'acme'
const [shopProducts, sourceProducts] = [20, 40]
const onHand = 1_000_000

export const shopSkus = Array.from({ length: shopProducts }, (_, number) => `SHOP-${number}`)
export const sourceSkus = Array.from({ length: sourceProducts }, (_, number) => `ACME-${number}`)

/** Writers that repeat each write until a catalog has answered it. Prices stay within what a source may change at once. */
export function createProductWriters({ random, clients, token }: ProductWritersNeeds) {
	let written = 0
	const answered = { imports: 0, prices: 0, updates: 0, reservations: 0 }
	let sequence = 0
	const write = { timeoutMs: 5_000, token: token('catalog:write') }
	const amount = () => 1_000 + random.below(300)
	const someOf = (skus: string[], most: number) => random.shuffled(skus).slice(0, Math.ceil(random.between(0, most)))
	const again = async <T>(work: () => Promise<T>): Promise<T> => {
		const answer = await eventually(work, patience)
		written++
		return answer
	}

	async function importProducts(products: Product[], owner: string): Promise<void> {
		const metadata = new Metadata()
		metadata.set('authorization', `Bearer ${token('catalog:write')}`)
		const call = clients().catalog.importProducts(metadata, { deadline: Date.now() + 5_000 })
		call.write({
			source: owner,
			upserts: products.map((product, index) => ({
				rowNumber: index + 1,
				product,
				...(owner === source && { updateMask: { paths: ['title', 'price'] } }),
			})),
		})
		call.end()
		for await (const { failures } of call) if (failures.length > 0) throw new Error(failures[0]?.message)
	}
	const productOf = (sku: string): Product => ({
		sku,
		title: `Mug ${randomUUID()}`,
		price: { currencyCode: 'EUR', amountMinor: amount() },
	})

	return {
		/** How many writes were answered. */
		count: () => written,
		/** How many writes of the rarest kind were answered. */
		countOfEach: () => Math.min(...Object.values(answered)),
		/** Makes all products of the shop and half of those of the source. */
		async openShop(): Promise<void> {
			await again(() => importProducts(shopSkus.map(productOf), ''))
			await again(() => importProducts(sourceSkus.slice(0, sourceProducts / 2).map(productOf), source))
			for (const sku of shopSkus)
				await again(() => callUnary(clients().inventory, inventoryRpcs.SetStock, { sku, onHand }, write))
		},
		async importSome(): Promise<void> {
			const isOfSource = random.between(0, 2) < 1
			const products = someOf(isOfSource ? sourceSkus : shopSkus, 20).map(productOf)
			await again(() => importProducts(products, isOfSource ? source : ''))
			answered.imports++
		},
		/** One call after the other, as the sequence of a source demands. */
		async applyPrices(): Promise<void> {
			const prices = someOf(sourceSkus, 20).map((sku) => ({
				sku,
				price: { currencyCode: 'EUR', amountMinor: amount() },
			}))
			const request = { source, sequence: ++sequence, prices }
			await again(() => callUnary(clients().catalog, catalogRpcs.ApplyPrices, request, write))
			answered.prices++
		},
		async updateOne(): Promise<void> {
			const product = { sku: random.oneOf(shopSkus), title: `Cup ${randomUUID()}` }
			const request = { product, updateMask: { paths: ['title'] } }
			await again(() => callUnary(clients().catalog, catalogRpcs.UpdateProduct, request, write))
			answered.updates++
		},
		/** Holds pieces for an order that will not exist, and releases them. No hold ends by itself in a long run. */
		async reserve(): Promise<void> {
			const orderId = randomUUID()
			const settle = { timeoutMs: 5_000, token: token('stock:reserve') }
			const { ReserveStock, ReleaseReservations } = inventoryRpcs
			const lines = [{ sku: random.oneOf(shopSkus), quantity: 1 + random.below(3) }]
			const reservations = [{ orderId, holdDuration: { seconds: 86_400 }, lines }]
			await again(() => callUnary(clients().inventory, ReserveStock, { reservations }, settle))
			answered.reservations++
			// Some stay.
			if (random.between(0, 3) < 1) return
			await again(() => callUnary(clients().inventory, ReleaseReservations, { orderIds: [orderId] }, settle))
		},
	}
}

/** The available quantities of all products that exist. */
export async function readQuantities(clients: CatalogClients): Promise<Map<string, number>> {
	const read = async (sku: string) => {
		const { levels } = await callUnary(clients.inventory, inventoryRpcs.GetStock, { skus: [sku] }, { timeoutMs: 5_000 })
		return levels.map(({ available }) => [sku, Number(available)] as const)
	}
	const isUnknown = (error: ServiceError) => {
		if (error.code === status.NOT_FOUND) return []
		throw error
	}
	const found = await Promise.all([...shopSkus, ...sourceSkus].map((sku) => read(sku).catch(isUnknown)))
	return new Map(found.flat())
}
