import type { FieldViolation } from '@mercat/catalog-api/errors'
import type { ApplyPricesRequest__Output as Request } from '@mercat/catalog-api/messages/ApplyPricesRequest'
import type { PriceHold__Output as HoldMessage } from '@mercat/catalog-api/messages/PriceHold'
import type { SourcePrice__Output as PriceMessage } from '@mercat/catalog-api/messages/SourcePrice'
import { millisecondsOf } from '@mercat/catalog-api/timestamps'
import { invalidField, invalidRequest } from '@mercat/grpc-service/invalid-request'
import { skuProblem } from '@mercat/grpc-service/skus'
import { textProblem } from '../../errors/field-problems.ts'
import { checkSource } from '../../errors/identifiers.ts'
import { moneyViolations } from '../../errors/money-violations.ts'
import type { HoldTerms } from '../../held-prices/hold-book.ts'
import type { Price } from '../../held-prices/judge-price.ts'

/** A price as its source sends it. */
export type SentPrice = {
	sku: string
	price: Price
	/** Undefined when the price may be applied. */
	hold: HoldTerms | undefined
}

/** A call of a source. */
export type SentPrices = {
	source: string
	sequence: number
	/** Each of another product. */
	prices: readonly SentPrice[]
}

const mostPrices = 500
const mostFigures = 10
const longestKey = 40
const ruleForm = /^[A-Z][A-Z0-9_]{0,63}$/
const lastMs = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

/**
 * The prices of a request. Whether holds end in the future is left to {@link checkEnds}.
 *
 * @throws GeneralError INVALID_REQUEST
 */
export function readSentPrices({ source, sequence, prices }: Request): SentPrices {
	checkSource('source', source)
	if (!Number.isSafeInteger(sequence) || sequence <= 0) {
		throw invalidField('sequence', `must be an integer from 1 to ${Number.MAX_SAFE_INTEGER}`)
	}
	if (prices.length < 1 || prices.length > mostPrices)
		throw invalidField('prices', `must have 1 to ${mostPrices} items`)
	const known = new Set<string>()
	const violations = prices.flatMap((price, index) => violationsOf(price, `prices[${index}]`, known))
	if (violations.length > 0) throw invalidRequest(violations)
	return { source, sequence, prices: prices.map(toSentPrice) }
}

/**
 * @param now the time of the database, which ends the holds
 * @throws GeneralError INVALID_REQUEST unless all holds end in the future
 */
export function checkEnds(prices: readonly SentPrice[], now: Date): void {
	const violations = prices.flatMap(({ hold }, index) => {
		const isOver = hold?.until !== undefined && hold.until !== null && hold.until <= now
		return isOver ? [{ field: `prices[${index}].hold.until`, description: 'must be in the future' }] : []
	})
	if (violations.length > 0) throw invalidRequest(violations)
}

/** @param known the skus of the prices before */
function violationsOf({ sku, price, hold }: PriceMessage, field: string, known: Set<string>): FieldViolation[] {
	const problem = skuProblem(sku) ?? (known.has(sku) ? 'must be another one than those before' : undefined)
	known.add(sku)
	return [
		...(problem === undefined ? [] : [{ field: `${field}.sku`, description: problem }]),
		...moneyViolations(`${field}.price`, price),
		...(hold === null ? [] : holdViolations(hold, `${field}.hold`)),
	]
}

function holdViolations({ rule, figures, until }: HoldMessage, field: string): FieldViolation[] {
	const violations: FieldViolation[] = []
	const check = (name: string, problem: string | undefined) => {
		if (problem !== undefined) violations.push({ field: `${field}.${name}`, description: problem })
	}
	check('rule', ruleForm.test(rule) ? undefined : 'must have 1 to 64 of A-Z 0-9 _, and a letter first')
	const entries = Object.entries(figures)
	check('figures', entries.length > mostFigures ? `must have at most ${mostFigures} entries` : undefined)
	for (const [key, value] of entries.slice(0, mostFigures)) {
		const keyProblem = textProblem(key, { min: 1, max: longestKey })
		if (keyProblem !== undefined) check('figures', `every key ${keyProblem}`)
		else if (!Number.isFinite(value)) check(`figures["${key}"]`, 'must be a finite number')
	}
	if (until !== null) check('until', timeProblem(until))
	return violations
}

function timeProblem(time: NonNullable<HoldMessage['until']>): string | undefined {
	const isTime = time.nanos >= 0 && time.nanos < 1e9 && Math.abs(millisecondsOf(time)) <= lastMs
	return isTime ? undefined : 'must be a time before the year 10000'
}

function toSentPrice({ sku, price, hold }: PriceMessage): SentPrice {
	const until = hold?.until ?? null
	return {
		sku,
		price: { currency: price?.currencyCode ?? '', amountMinor: price?.amountMinor ?? 0 },
		hold: hold === null ? undefined : { ...hold, until: until && new Date(Math.floor(millisecondsOf(until))) },
	}
}
