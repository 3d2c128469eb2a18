import { hash } from 'node:crypto'
import type { OrderRequest } from '@mercat/order-api/order-request'
import canonicalize from 'canonicalize'

/**
 * SHA-256 of a normalized request in canonical JSON (RFC 8785), in hexadecimal. Equal requests have equal fingerprints.
 */
export function fingerprintOf(request: OrderRequest): string {
	return hash('sha256', canonicalize(request) as string)
}
