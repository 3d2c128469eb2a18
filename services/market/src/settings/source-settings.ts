import type { MemberMap } from '../ingest/reading/message-settings.ts'

/** One source of the settings file, with its defaults. */
export type SourceSettings = {
	/** The name of the source, here and in the catalog. */
	name: string
	url: URL
	/** Whether the address came from the environment. Then only its host may be shown. */
	urlIsSecret: boolean
	/** With the credentials, by names in lower case. */
	headers: Record<string, string>
	/** Whether the source may have a private address. */
	allowPrivate: boolean
	map: MemberMap
	/** What the sku of each product begins with, before the one of the source. */
	skuPrefix: string
	/** Whether prices are integers in minor units, or decimals in major ones. */
	priceIn: 'minor' | 'major'
	/** The currency of ticks that name none. */
	currency: string | undefined
	/** Without a message for so long, the prices are stale. */
	staleAfterS: number
	maxAgeS: number
	maxAheadS: number
	/** Against the last accepted price. */
	maxTickChangePercent: number
	/** Against the first accepted price of the day (UTC). */
	maxDayChangePercent: number
	/** A smaller change is never an outlier. */
	leastMovePercent: number
	/** How many of the last changes of a price the score looks at. */
	window: number
	/** The score above which a price is an outlier. */
	threshold: number
	/** How many ticks in a row that agree release an outlier. */
	agreeing: number
	floorMinor: number | undefined
	ceilingMinor: number | undefined
}

/** The values of members that a source does not give. */
export const sourceDefaults = {
	allowPrivate: false,
	skuPrefix: '',
	priceIn: 'minor',
	currency: undefined,
	staleAfterS: 30,
	maxAgeS: 3_600,
	maxAheadS: 60,
	maxTickChangePercent: 50,
	maxDayChangePercent: 80,
	leastMovePercent: 5,
	window: 61,
	threshold: 6,
	agreeing: 3,
	floorMinor: undefined,
	ceilingMinor: undefined,
} satisfies Partial<SourceSettings>

export const defaultMap: MemberMap = {
	seq: 'seq',
	ticks: 'ticks',
	snapshot: 'snapshot',
	sku: 'sku',
	price: 'price',
	currency: 'currency',
	available: 'available',
	at: 'at',
}
