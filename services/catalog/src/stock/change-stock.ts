import { randomUUID } from 'node:crypto'
import { largestAmount } from '@mercat/catalog-api/amounts'
import type { AdjustStockRequest__Output } from '@mercat/catalog-api/messages/AdjustStockRequest'
import type { AdjustStockResponse } from '@mercat/catalog-api/messages/AdjustStockResponse'
import type { SetStockRequest__Output } from '@mercat/catalog-api/messages/SetStockRequest'
import type { SetStockResponse } from '@mercat/catalog-api/messages/SetStockResponse'
import { invalidField } from '@mercat/grpc-service/invalid-request'
import { checkSku } from '@mercat/grpc-service/skus'
import type { Budget } from '@mercat/service/budget'
import type { Identity } from '@mercat/service/tokens'
import { amountProblem, textProblem } from '../errors/field-problems.ts'
import { type StockLevel, toLevelMessage } from './stock-level.ts'

/** A change of the quantity on hand. The same kind and cause change a sku once. */
export type StockChange = {
	sku: string
	kind: 'set' | 'adjust'
	cause: string
	reason: string
	/** The subject of the caller. */
	who: string
	/** The quantity on hand after the change, from the one before it. */
	next(onHand: number): number
}

/** The level after a change, or the present level when the change was made before. */
export type ChangedLevel = StockLevel & { madeBefore: boolean }

export type ChangeStockNeeds = {
	/** @throws CatalogError PRODUCT_NOT_FOUND, STOCK_HELD */
	change(change: StockChange, budget: Budget): Promise<ChangedLevel>
}

/** Sets the quantity on hand. A second call with the same request id changes nothing. */
export function setStock({ change }: ChangeStockNeeds) {
	return async (
		{ sku, onHand, requestId, reason }: SetStockRequest__Output,
		budget: Budget,
		{ subject: who }: Pick<Identity, 'subject'>,
	): Promise<SetStockResponse> => {
		checkSku(sku)
		check('on_hand', amountProblem(onHand))
		checkReason(reason)
		const setting = { sku, kind: 'set', cause: causeOf(requestId), reason, who, next: () => onHand } as const
		return toResponse(await change(setting, budget))
	}
}

/** Adds to the quantity on hand, or takes from it. A second call with the same request id changes nothing. */
export function adjustStock({ change }: ChangeStockNeeds) {
	return async (
		request: AdjustStockRequest__Output,
		budget: Budget,
		{ subject: who }: Pick<Identity, 'subject'>,
	): Promise<AdjustStockResponse> => {
		const { sku, delta, reason, requestId } = request
		checkSku(sku)
		if (!Number.isSafeInteger(delta)) {
			throw invalidField('delta', `must be an integer from ${-largestAmount} to ${largestAmount}`)
		}
		checkReason(reason)
		const next = (onHand: number) => {
			if (onHand + delta > largestAmount) {
				throw invalidField('delta', `must not raise the stock above ${largestAmount}`)
			}
			return onHand + delta
		}
		return toResponse(await change({ sku, kind: 'adjust', cause: causeOf(requestId), reason, who, next }, budget))
	}
}

function toResponse(level: ChangedLevel) {
	return { level: toLevelMessage(level), repeatedRequest: level.madeBefore }
}

const longestReason = 200

function checkReason(reason: string): void {
	check('reason', textProblem(reason, { max: longestReason }))
}

const requestIdForm = /^[\x21-\x7e]{1,128}$/

// A call without a request id is a cause of its own.
function causeOf(requestId: string): string {
	if (requestId === '') return randomUUID()
	check('request_id', requestIdForm.test(requestId) ? undefined : 'must have 1 to 128 visible ASCII characters')
	return requestId
}

function check(field: string, problem: string | undefined): void {
	if (problem !== undefined) throw invalidField(field, problem)
}
