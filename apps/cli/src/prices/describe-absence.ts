import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import { type CatalogCalls, refusalOf } from '../catalog/open-catalog-calls.ts'

// No hold has this price, so that the question decides nothing, whatever happens meanwhile.
const noPrice = { currencyCode: '', amountMinor: 0 }

/** Why no price is held under an id: it was decided or has ended before, or the catalog does not know it. */
export async function describeAbsence({ call }: Pick<CatalogCalls, 'call'>, id: string): Promise<string> {
	try {
		const resolution = 'HOLD_RESOLUTION_REJECT'
		await call(catalogRpcs.ResolveHeldPrice, { holdId: id, price: noPrice, resolution })
	} catch (error) {
		const { reason, metadata } = refusalOf(error)
		if (reason === 'HOLD_CHANGED') return `the price under ${id} is already ${metadata?.['state']}: nothing was changed`
		if (reason !== 'HOLD_NOT_FOUND') throw error
	}
	return `no price is held under ${id}`
}
