import { isUuid } from '@mercat/catalog-api/identifiers'
import type { HoldResolution__Output } from '@mercat/catalog-api/messages/HoldResolution'
import type { Money__Output } from '@mercat/catalog-api/messages/Money'
import type { ResolveHeldPriceRequest__Output as Request } from '@mercat/catalog-api/messages/ResolveHeldPriceRequest'
import type { ResolveHeldPriceResponse as Response } from '@mercat/catalog-api/messages/ResolveHeldPriceResponse'
import { invalidField } from '@mercat/grpc-service/invalid-request'
import type { Budget } from '@mercat/service/budget'
import type { Identity } from '@mercat/service/tokens'
import { CatalogError } from '../errors/catalog-error.ts'
import { amountProblem } from '../errors/field-problems.ts'
import { toMoney } from '../products/product.ts'
import { countHold } from './count-holds.ts'
import type { HoldState } from './held-price.ts'
import type { Price } from './judge-price.ts'
import type { Decision } from './settle-hold.ts'

/** A person's decision about a held price. */
export type HoldDecision = {
	holdId: string
	decision: Decision
	/** The new price as the person has seen it. */
	price: Price
	/** The subject of the caller. */
	who: string
}

/** How a decision ended. `now`, `before` and `tooLate` are those of `settleHold`. */
export type DecidedPrice =
	| { kind: 'unknown' }
	| { kind: 'tooLate'; state: HoldState }
	| { kind: 'now' | 'before'; sku: string; rule: string; currentPrice: Price }

export type ResolveHeldPriceNeeds = {
	/** Writes the decision, and the price of the product if the new one is approved. */
	decide(decision: HoldDecision, budget: Budget): Promise<DecidedPrice>
}

/** Applies a held price, or drops it. The same decision again changes nothing. */
export function resolveHeldPrice({ decide }: ResolveHeldPriceNeeds) {
	return async (request: Request, budget: Budget, { subject: who }: Pick<Identity, 'subject'>): Promise<Response> => {
		const { holdId } = request
		if (!isUuid(holdId)) throw invalidField('hold_id', 'must be a UUID in lower case')
		const price = readPrice(request.price)
		const decision = readDecision(request.resolution)
		const decided = await decide({ holdId, decision, price, who }, budget)
		switch (decided.kind) {
			case 'unknown':
				throw new CatalogError('HOLD_NOT_FOUND', { metadata: { holdId } })
			case 'tooLate':
				throw new CatalogError('HOLD_CHANGED', { metadata: { holdId, state: decided.state } })
			case 'now':
				countHold(decided.rule, decision)
				return { sku: decided.sku, price: toMoney(decided.currentPrice) }
			case 'before':
				return { sku: decided.sku, price: toMoney(decided.currentPrice) }
		}
	}
}

function readPrice(price: Money__Output | null): Price {
	if (price === null) throw invalidField('price', 'is required')
	const problem = amountProblem(price.amountMinor)
	if (problem !== undefined) throw invalidField('price.amount_minor', problem)
	return { currency: price.currencyCode, amountMinor: price.amountMinor }
}

const decisions: Record<HoldResolution__Output, Decision | undefined> = {
	HOLD_RESOLUTION_UNSPECIFIED: undefined,
	HOLD_RESOLUTION_APPROVE: 'approved',
	HOLD_RESOLUTION_REJECT: 'rejected',
}

function readDecision(resolution: HoldResolution__Output): Decision {
	const decision = decisions[resolution]
	if (decision === undefined) throw invalidField('resolution', 'is required')
	return decision
}
