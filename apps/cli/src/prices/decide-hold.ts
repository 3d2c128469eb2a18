import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { HeldPrice__Output } from '@mercat/catalog-api/messages/HeldPrice'
import type { Money__Output } from '@mercat/catalog-api/messages/Money'
import { type CatalogCalls, refusalOf } from '../catalog/open-catalog-calls.ts'
import { CommandError } from '../command/command-error.ts'
import { oneLine } from '../command/one-line.ts'
import { describeChange, describePrice } from './hold-lines.ts'

export type Decision = 'approve' | 'reject'

/**
 * Prints a held price, and decides about exactly this price.
 *
 * @param expected the price that it must be; any price when it is undefined
 * @returns why it could not be decided; undefined when it was
 */
export async function decideHold(
	{ call }: Pick<CatalogCalls, 'call'>,
	hold: HeldPrice__Output,
	decision: Decision,
	expected: Money__Output | undefined,
): Promise<string | undefined> {
	const { id, sku, title, source, newPrice } = hold
	console.log(`${sku}: ${describeChange(hold)}, from ${source}: ${oneLine(title)}`)
	if (expected !== undefined && describePrice(newPrice) !== describePrice(expected))
		return `${sku} was left as it is: the held price is ${describePrice(newPrice)}, not ${describePrice(expected)}`
	const resolution = decision === 'approve' ? 'HOLD_RESOLUTION_APPROVE' : 'HOLD_RESOLUTION_REJECT'
	try {
		const { price } = await call(catalogRpcs.ResolveHeldPrice, { holdId: id, price: newPrice, resolution })
		const outcome = decision === 'approve' ? 'approved, sells at' : 'rejected, stays at'
		console.log(`  ${outcome} ${describePrice(price)}`)
		return undefined
	} catch (error) {
		const { reason, metadata } = refusalOf(error)
		if (reason === 'HOLD_CHANGED') return changedText(sku, metadata?.['state'])
		if (error instanceof CommandError && reason !== undefined) return `${sku}: ${error.message}`
		throw error
	}
}

function changedText(sku: string, state: string | undefined): string {
	const what = state === 'open' ? 'its source has sent another price' : `the hold is ${state}`
	return `${sku} was left as it is: ${what} since the price was read. List the held prices, and decide anew`
}
