import type { ClientReadableStream, ServiceError, status } from '@grpc/grpc-js'
import { errorDetails } from '@mercat/catalog-api/errors'
import type { ProductChange__Output } from '@mercat/catalog-api/messages/ProductChange'
import type { WatchProductsRequest } from '@mercat/catalog-api/messages/WatchProductsRequest'
import type { WatchProductsResponse__Output as Response } from '@mercat/catalog-api/messages/WatchProductsResponse'
import type { TestCatalog } from '../start-catalog.ts'

export type Watch = AsyncDisposable & {
	call: ClientReadableStream<Response>
	messages: Response[]
	changes(): ProductChange__Output[]
	/** How many changes were told. */
	count(): number
	/** Changes in short: `A product 1290`, `A price 990`, `A available 5`. */
	told(): string[]
	/** The changes of products and prices alone. */
	toldProducts(): string[]
	/** The latest token. */
	token(): string
	/** Resolves as soon as `isThere` is true. It is called for each message. */
	until(isThere: (watch: Watch) => boolean): Promise<void>
	/** Resolves when the stream ends. */
	ended: Promise<{ code: status; reason?: string | undefined }>
}

const patienceMs = 60_000

/** Opens a stream of changes. */
export function watch({ catalog }: Pick<TestCatalog, 'catalog'>, request: WatchProductsRequest = {}): Watch {
	const call = catalog.watchProducts(request)
	const listeners = new Set<() => void>()
	let isOver = false
	let count = 0
	const tell = () => {
		for (const listener of listeners) listener()
	}
	const ended = new Promise<{ code: number; reason?: string | undefined }>((resolve) => {
		call.on('error', (error: ServiceError) => resolve({ code: error.code, ...errorDetails(error) }))
		call.on('end', () => resolve({ code: 0 }))
	})
	const watch: Watch = {
		call,
		messages: [],
		changes: () => watch.messages.flatMap(({ changes }) => changes),
		count: () => count,
		told: () => watch.changes().map(inShort),
		toldProducts: () => watch.told().filter((text) => !text.includes(' available ')),
		token: () => watch.messages.at(-1)?.resumeToken ?? '',
		until: (isThere) =>
			new Promise((resolve, reject) => {
				const stop = () => {
					listeners.delete(look)
					clearTimeout(timer)
				}
				const fail = (why: string) => {
					stop()
					reject(new Error(`${why}; told: ${watch.told().slice(-40).join(', ')}`))
				}
				const timer = setTimeout(() => fail('waited in vain'), patienceMs)
				const look = () => {
					if (isThere(watch)) {
						stop()
						resolve()
					} else if (isOver) ended.then((end) => fail(`the stream has ended: ${JSON.stringify(end)}`))
				}
				listeners.add(look)
				look()
			}),
		ended: ended as Watch['ended'],
		async [Symbol.asyncDispose]() {
			call.cancel()
			await ended
		},
	}
	call.on('data', (message: Response) => {
		watch.messages.push(message)
		count += message.changes.length
		tell()
	})
	void ended.then(() => {
		isOver = true
		tell()
	})
	return watch
}

export function inShort({ sku, change, product, price, availableQuantity }: ProductChange__Output): string {
	if (change === 'product') return `${sku} product ${product?.price?.amountMinor}`
	if (change === 'price') return `${sku} price ${price?.price?.amountMinor}`
	return `${sku} available ${availableQuantity}`
}

export const isInState = (watch: Watch) => !watch.messages.some(({ initialStateComplete }) => initialStateComplete)

/** The last product or price and the last quantity of each sku. */
export function copyOf(changes: ProductChange__Output[]): Record<string, { amount?: number; available?: number }> {
	const copy: Record<string, { amount?: number; available?: number }> = {}
	for (const { sku, product, price, change, availableQuantity } of changes) {
		copy[sku] ??= {}
		if (change === 'availableQuantity') copy[sku].available = availableQuantity as number
		else copy[sku].amount = (product?.price ?? price?.price)?.amountMinor as number
	}
	return copy
}
