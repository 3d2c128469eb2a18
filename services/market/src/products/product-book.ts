import type { ProductChange__Output } from '@mercat/catalog-api/messages/ProductChange'
import type { WatchProductsResponse__Output } from '@mercat/catalog-api/messages/WatchProductsResponse'
import type { OpenWatch, Watch } from '@mercat/catalog-api/open-watch'

/** What the market knows of a product. */
export type KnownProduct = { currency: string; amountMinor: number; category: string; archived: boolean }

export type ProductBookNeeds = {
	/** Opens watches that begin with the state of all products, and without quantities. */
	openWatch: OpenWatch
	log: { warn(facts: object, message: string): void; info(facts: object, message: string): void }
}

/** All products of the catalog, as it has told them. */
export type ProductBook = {
	/** Undefined for a sku that no product has, and for every one before the catalog has told its products. */
	find(sku: string): KnownProduct | undefined
	/** Whether the catalog has told all of its products once. */
	isLoaded(): boolean
	/** Resolves once it has. */
	loaded: Promise<void>
}

/** Follows the products of the catalog until the book is disposed of. */
export function openProductBook({ openWatch, log }: ProductBookNeeds): ProductBook & Disposable {
	const loaded = Promise.withResolvers<void>()
	let isLoaded = false
	let products = new Map<string, KnownProduct>()
	// The products that a watch has told until it has told them all. After the first time the ones before serve meanwhile.
	let told = products
	let watch: Watch | undefined

	function begin(): void {
		told = new Map()
		watch = openWatch({
			onMessage: take,
			onExpired() {
				log.warn({}, 'the catalog does not have every change of its products any more, so all are read again')
				begin()
			},
		})
	}

	function take({ changes, initialStateComplete }: WatchProductsResponse__Output): void {
		for (const change of changes) note(change)
		if (!initialStateComplete) return
		products = told
		isLoaded = true
		log.info({ products: products.size }, 'the products of the catalog are known')
		loaded.resolve()
	}

	function note({ sku, product, price }: ProductChange__Output): void {
		const money = product?.price ?? price?.price
		const known = told.get(sku)
		if (product && money) {
			const archived = product.state === 'STATE_ARCHIVED'
			told.set(sku, { ...priceOf(money), category: shared(product.category), archived })
		} else if (known !== undefined && money) told.set(sku, { ...known, ...priceOf(money) })
	}

	// Many products have the same few texts, and each message has its own copy.
	const texts = new Map<string, string>()
	function shared(text: string): string {
		const known = texts.get(text)
		if (known === undefined) texts.set(text, text)
		return known ?? text
	}

	function priceOf({ currencyCode, amountMinor }: { currencyCode: string; amountMinor: number }) {
		return { currency: shared(currencyCode), amountMinor }
	}

	begin()
	return {
		find: (sku) => products.get(sku),
		isLoaded: () => isLoaded,
		loaded: loaded.promise,
		[Symbol.dispose]: () => watch?.close(),
	}
}
