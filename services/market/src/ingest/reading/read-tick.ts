import { currencyDigits } from '@mercat/catalog-api/currencies'
import { isSku } from '@mercat/catalog-api/identifiers'
import type { BadTick, BadTickReason, Tick } from '../../ticks/tick.ts'
import { createMemberAt } from './member-at.ts'
import type { MessageSettings } from './message-settings.ts'
import { readMajorAmount, readMinorAmount } from './read-amount.ts'
import { createReadTime } from './read-time.ts'

/** Reads one tick of a message. */
export type ReadTick = (value: unknown) => Tick | BadTick

const mostKnownSkus = 200_000

/** The rules are written by hand: they cost less than the parser of the JSON, and a schema library costs more. */
export function createReadTick({ map, skuPrefix, priceIn, currency: usual }: MessageSettings): ReadTick {
	const skuAt = createMemberAt(map.sku)
	const priceAt = createMemberAt(map.price)
	const currencyAt = createMemberAt(map.currency)
	const availableAt = createMemberAt(map.available)
	const timeAt = createMemberAt(map.at)
	const readTime = createReadTime()
	// The skus of a source come again and again. A known one is checked, and one string serves all its ticks.
	const knownSkus = new Map<unknown, string>()

	function readSku(value: unknown): string | undefined {
		const known = knownSkus.get(value)
		if (known !== undefined) return known
		const sku = typeof value === 'string' ? skuPrefix + value : ''
		if (!isSku(sku)) return undefined
		if (knownSkus.size >= mostKnownSkus) knownSkus.clear()
		knownSkus.set(value, sku)
		return sku
	}

	return (value) => {
		if (typeof value !== 'object' || value === null) return bad(undefined, 'form')
		const sku = readSku(skuAt(value))
		if (sku === undefined) return bad(undefined, 'sku')
		const currency = currencyAt(value) ?? usual
		const digits = typeof currency === 'string' ? currencyDigits(currency) : undefined
		if (digits === undefined) return bad(sku, 'currency')
		const price = priceAt(value)
		const amountMinor = priceIn === 'minor' ? readMinorAmount(price) : readMajorAmount(price, digits)
		if (amountMinor === undefined) return bad(sku, 'price')
		const available = availableAt(value) ?? undefined
		if (available !== undefined && readMinorAmount(available) === undefined) return bad(sku, 'available')
		const atMs = readTime(timeAt(value))
		if (atMs === undefined) return bad(sku, 'at')
		return { sku, amountMinor, currency: currency as string, available: available as number | undefined, atMs }
	}
}

export function isBadTick(tick: Tick | BadTick): tick is BadTick {
	return 'reason' in tick
}

function bad(sku: string | undefined, reason: BadTickReason): BadTick {
	return { sku, reason }
}
