import { eventFrame } from '@mercat/rest-service/server-sent-events'
import type { ToldChange, ToldMessage } from './told-message.ts'

/** What a reader wants to be told. */
export type ChangeFilter = {
	/** Undefined: every product. */
	skus: ReadonlySet<string> | undefined
	/** Leaves out available quantities. */
	productsOnly: boolean
}

const wholeFrames = new WeakMap<ToldMessage, Map<boolean, Uint8Array | undefined>>()
const indexes = new WeakMap<ToldMessage, Map<string, number[]>>()

/**
 * The frame for the changes of a message that fit the filter; undefined when there are none. Readers of every product share
 * its bytes.
 */
export function changesFrame(message: ToldMessage, filter: ChangeFilter): string | Uint8Array | undefined {
	const { skus, productsOnly } = filter
	if (skus !== undefined) return frameOf(message, filtered(changesOf(message, skus), productsOnly))
	const frames = wholeFrames.get(message) ?? new Map<boolean, Uint8Array | undefined>()
	wholeFrames.set(message, frames)
	if (!frames.has(productsOnly)) {
		const text = frameOf(message, filtered(message.changes, productsOnly))
		frames.set(productsOnly, text === undefined ? undefined : Buffer.from(text))
	}
	return frames.get(productsOnly)
}

/** A frame without changes: everything is told until the time of the message. */
export function emptyFrame({ token, asOf }: Pick<ToldMessage, 'token' | 'asOf'>): string {
	return changesEvent(token, '', asOf)
}

/** A frame that has the reader read its products again. From there on, it is told every change after the message. */
export function resetFrame({ token }: Pick<ToldMessage, 'token'>): string {
	return eventFrame({ id: token, type: 'reset', data: '{"code":"RESUME_TOKEN_EXPIRED"}' })
}

function frameOf({ token, asOf }: ToldMessage, changes: readonly ToldChange[]): string | undefined {
	if (changes.length === 0) return undefined
	return changesEvent(token, changes.map(({ text }) => text).join(','), asOf)
}

function changesEvent(id: string, texts: string, asOf: string | undefined): string {
	const age = asOf === undefined ? '' : `,"asOf":"${asOf}"`
	return eventFrame({ id, type: 'changes', data: `{"changes":[${texts}]${age}}` })
}

function filtered(changes: readonly ToldChange[], productsOnly: boolean): readonly ToldChange[] {
	return productsOnly ? changes.filter(({ isQuantity }) => !isQuantity) : changes
}

// Many readers have filters of their own, so the larger side is not searched for each.
function changesOf(message: ToldMessage, skus: ReadonlySet<string>): readonly ToldChange[] {
	const { changes } = message
	if (changes.length <= skus.size) return changes.filter(({ sku }) => skus.has(sku))
	const places = indexes.get(message) ?? indexOf(changes)
	indexes.set(message, places)
	return [...skus]
		.flatMap((sku) => places.get(sku) ?? [])
		.sort((one, other) => one - other)
		.map((place) => changes[place] as ToldChange)
}

function indexOf(changes: readonly ToldChange[]): Map<string, number[]> {
	return Map.groupBy(changes.keys(), (place) => (changes[place] as ToldChange).sku)
}
