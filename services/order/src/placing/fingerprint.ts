import { hash } from 'node:crypto'
import type { OrderRequest } from '@mercat/order-api/order-request'
import canonicalize from 'canonicalize'

/** SHA-256 of a normalized request in canonical JSON (RFC 8785), in hexadecimal. Equal requests have equal fingerprints. */
export function fingerprintOf(request: OrderRequest): string {
	return hash('sha256', canonicalJson(request))
}

// For speed only: `canonicalize` would sort the members of every item. An item has three members whose order is known, and
// `items` sorts before every other member of the request.
function canonicalJson({ items, ...details }: OrderRequest): string {
	const sorted = items.map(({ expectedUnitPrice: price, quantity, sku }) => {
		return { expectedUnitPrice: price && { amountMinor: price.amountMinor, currency: price.currency }, quantity, sku }
	})
	const others = (canonicalize(details) as string).slice(1)
	return `{"items":${JSON.stringify(sorted)}${others === '}' ? '' : ','}${others}`
}
