import { randomUUID } from 'node:crypto'
import type { AdjustStockRequest__Output } from '@mercat/catalog-api/messages/AdjustStockRequest'
import type { AdjustStockResponse } from '@mercat/catalog-api/messages/AdjustStockResponse'
import type { SetStockRequest__Output } from '@mercat/catalog-api/messages/SetStockRequest'
import type { SetStockResponse } from '@mercat/catalog-api/messages/SetStockResponse'
import type { StockLevel as StockLevelMessage } from '@mercat/catalog-api/messages/StockLevel'
import type { Budget } from '@mercat/service/budget'
import { CatalogError, invalidRequest } from '../grpc/errors.ts'
import { isSku } from '../grpc/identifiers.ts'
import { largestAmount } from '../reservations/reservation.ts'
import type { StockChange, StockLevel } from './stock-store.ts'

export type ChangeStockNeeds = { change(change: StockChange, budget: Budget): Promise<StockLevel> }

/** Sets what is on hand; the same request id again changes nothing. */
export function setStock({ change }: ChangeStockNeeds) {
	return async ({ sku, onHand, requestId }: SetStockRequest__Output, budget: Budget): Promise<SetStockResponse> => {
		checkSku(sku)
		if (!isAmount(onHand)) throw invalidRequest([{ field: 'on_hand', description: '0 to 2^53 - 1' }])
		const level = await change({ sku, kind: 'set', cause: causeOf(requestId), reason: '', next: () => onHand }, budget)
		return { level: toLevelMessage(level) }
	}
}

/** Adds to what is on hand, or takes from it; the same request id again changes nothing. */
export function adjustStock({ change }: ChangeStockNeeds) {
	return async (request: AdjustStockRequest__Output, budget: Budget): Promise<AdjustStockResponse> => {
		const { sku, delta, reason, requestId } = request
		checkSku(sku)
		if (!Number.isSafeInteger(delta)) throw invalidRequest([{ field: 'delta', description: 'beyond 2^53 - 1' }])
		if (!reasonForm.test(reason))
			throw invalidRequest([{ field: 'reason', description: 'up to 200 characters, none of them control characters' }])
		const next = (onHand: number) => {
			if (onHand + delta > largestAmount)
				throw invalidRequest([{ field: 'delta', description: 'the stock would pass 2^53 - 1' }])
			return onHand + delta
		}
		const level = await change({ sku, kind: 'adjust', cause: causeOf(requestId), reason, next }, budget)
		return { level: toLevelMessage(level) }
	}
}

export function toLevelMessage({ sku, onHand, held }: StockLevel): StockLevelMessage {
	return { sku, onHand, held, available: onHand - held }
}

const requestIdForm = /^[\x21-\x7e]{1,128}$/
const reasonForm = /^[^\p{Cc}\p{Cs}]{0,200}$/u

// Without a request id every call is a cause of its own.
function causeOf(requestId: string): string {
	if (requestId === '') return randomUUID()
	if (!requestIdForm.test(requestId))
		throw invalidRequest([{ field: 'request_id', description: '1 to 128 visible ASCII characters' }])
	return requestId
}

function checkSku(sku: string): void {
	if (!isSku(sku)) throw new CatalogError('PRODUCT_NOT_FOUND')
}

function isAmount(value: number): boolean {
	return Number.isSafeInteger(value) && value >= 0
}
