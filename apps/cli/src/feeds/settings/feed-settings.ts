import type { ProductFileOptions } from '@mercat/product-files/product-file'

export const missingActions = ['keep', 'soldOut', 'archive'] as const

/** What becomes of a product that its source no longer has. */
export type OnMissing = (typeof missingActions)[number]

/** One feed of the settings file, with its defaults. */
export type FeedSettings = {
	/** The name of the feed, and of its source in the catalog. */
	name: string
	url: URL
	/** Whether the address came from the environment. Then only its host may be shown. */
	urlIsSecret: boolean
	/** With the credentials. They go only to the origin of the URL. */
	headers: Record<string, string>
	/** How the file is read. */
	file: Pick<ProductFileOptions, 'format' | 'map' | 'encoding' | 'currency' | 'skuFrom' | 'skuPrefix'>
	/** For all attempts together. */
	timeoutS: number
	/** The most bytes of the decompressed feed. */
	maxBytes: number
	/** Whether the feed may come from a private address. */
	allowPrivate: boolean
	onMissing: OnMissing
	maxMissingPercent: number
	maxPriceChangePercent: number
}
