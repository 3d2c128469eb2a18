import { type ServiceError, status } from '@grpc/grpc-js'
import { errorDetails } from '@mercat/catalog-api/errors'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { ApplyPricesResponse__Output } from '@mercat/catalog-api/messages/ApplyPricesResponse'
import type { PriceOutcome__Output } from '@mercat/catalog-api/messages/PriceOutcome'
import type { CallAnswer, Outcome, PriceResult } from '../applying/call-answer.ts'
import type { CallPrices } from '../applying/round.ts'
import type { HeldPrice } from '../holds/open-holds.ts'
import type { CallOptions, CatalogCall } from './catalog-call.ts'

const results: Partial<Record<PriceOutcome__Output['result'], PriceResult>> = {
	RESULT_APPLIED: 'applied',
	RESULT_UNCHANGED: 'unchanged',
	RESULT_HELD: 'held',
	RESULT_UNKNOWN: 'unknown',
	RESULT_ARCHIVED: 'archived',
	RESULT_OTHER_SOURCE: 'other_source',
}

const pageSize = 100

/** The calls about prices. Each throws when it is not known whether it was made, and can be made again. */
export function createPricesClient(call: CatalogCall) {
	return {
		/** Applies prices of a source, or has them held. */
		async applyPrices(
			source: string,
			sequence: number,
			prices: CallPrices,
			options?: CallOptions,
		): Promise<CallAnswer> {
			const request = { source, sequence, prices: prices.map(toMessage) }
			try {
				return readAnswer(await call(catalogRpcs.ApplyPrices, request, options), sequence, prices)
			} catch (error) {
				if (codeOf(error) !== status.INVALID_ARGUMENT) throw error
				return invalid(error as ServiceError, prices)
			}
		},

		/** The prices of a source that are held. */
		async listHolds(source: string): Promise<HeldPrice[]> {
			const holds: HeldPrice[] = []
			let pageToken = ''
			do {
				const page = await call(catalogRpcs.ListHeldPrices, { source, pageSize, pageToken })
				for (const { id, sku, rule, newPrice } of page.heldPrices) {
					if (newPrice) holds.push({ id, sku, source, rule, ...toPrice(newPrice) })
				}
				pageToken = page.nextPageToken
			} while (pageToken !== '')
			return holds
		},

		/** Whether a price is within the limits that people have set for its product. */
		async isWithinLimits({ sku, currency, amountMinor }: HeldPrice): Promise<boolean> {
			const { limits } = await call(catalogRpcs.GetPriceLimits, { sku })
			const [floor, ceiling] = [limits?.floor ?? undefined, limits?.ceiling ?? undefined]
			if (floor?.currencyCode === currency && amountMinor < floor.amountMinor) return false
			return !(ceiling?.currencyCode === currency && amountMinor > ceiling.amountMinor)
		},

		/** Approves a held price. Returns whether it was approved: the hold may have another price by now, or may be gone. */
		async approveHold({ id, currency, amountMinor }: HeldPrice): Promise<boolean> {
			const price = { currencyCode: currency, amountMinor }
			try {
				const resolution = 'HOLD_RESOLUTION_APPROVE' as const
				await call(catalogRpcs.ResolveHeldPrice, { holdId: id, price, resolution })
				return true
			} catch (error) {
				const { reason } = errorDetails(error as ServiceError)
				if (reason === 'HOLD_CHANGED' || reason === 'HOLD_NOT_FOUND') return false
				throw error
			}
		},
	}
}

function toMessage({ sku, currency, amountMinor, hold }: CallPrices[number]) {
	return { sku, price: { currencyCode: currency, amountMinor }, ...(hold !== undefined && { hold }) }
}

function toPrice({ currencyCode, amountMinor }: { currencyCode: string; amountMinor: number }) {
	return { currency: currencyCode, amountMinor }
}

function readAnswer(
	{ outcomes, lastSequence }: ApplyPricesResponse__Output,
	sequence: number,
	prices: CallPrices,
): CallAnswer {
	const isOfPrices = outcomes.length === prices.length && outcomes.every(({ sku }, index) => sku === prices[index]?.sku)
	if (lastSequence === sequence && isOfPrices) return { kind: 'applied', outcomes: outcomes.map(readOutcome) }
	if (lastSequence < sequence) throw new Error(`the catalog answers for the sequence ${lastSequence}`)
	return { kind: 'later', lastSequence }
}

function readOutcome({ result, holdId }: PriceOutcome__Output): Outcome {
	const known = results[result]
	if (known === undefined) throw new Error(`the catalog answers with an outcome ${result}`)
	return { result: known, holdId }
}

function codeOf(error: unknown): status | undefined {
	return (error as Partial<ServiceError>).code
}

/** Without a violation that names a price, no price can be told from the others. */
function invalid(error: ServiceError, prices: CallPrices): CallAnswer {
	const violations = errorDetails(error).fieldViolations ?? []
	const bad = new Set(violations.map(({ field }) => Number(/^prices\[(\d+)\]/.exec(field)?.[1] ?? Number.NaN)))
	const valid = prices.filter((_, index) => !bad.has(index))
	const [first] = violations
	const detail = first === undefined ? error.details : `${first.field} ${first.description}`
	return { kind: 'invalid', valid: valid.length === prices.length ? [] : valid, detail }
}
