import { hash } from 'node:crypto'
import { LRUCache } from 'lru-cache'

// This value never changes, because the same customer and key must give the same id in every release.
const namespace = '6f1c0f3e-5e0b-5c52-9f3a-4d1f5b1f7a51'
// For speed only: most customers order again soon, and each id needs two hashes otherwise.
const customerNamespaces = new LRUCache<string, Buffer>({
	max: 10_000,
	memoMethod: (customerId) => bytesOf(uuidv5(customerId, bytesOf(namespace))),
})

/** The id of the order that a customer places under a key (RFC 9562, UUIDv5). It is known before the order exists. */
export function orderIdOf(customerId: string, idempotencyKey: string): string {
	return uuidv5(idempotencyKey, customerNamespaceOf(customerId))
}

/** The UUIDv5 of a customer, which is the namespace of the ids of its orders. */
export function customerNamespaceOf(customerId: string): Buffer {
	return customerNamespaces.memo(customerId)
}

function uuidv5(name: string, space: Buffer): string {
	const id = hash('sha1', Buffer.concat([space, Buffer.from(name)]))
	const variant = ((Number.parseInt(id.charAt(16), 16) & 0x3) | 0x8).toString(16)
	return `${id.slice(0, 8)}-${id.slice(8, 12)}-5${id.slice(13, 16)}-${variant}${id.slice(17, 20)}-${id.slice(20, 32)}`
}

function bytesOf(uuid: string): Buffer {
	return Buffer.from(uuid.replaceAll('-', ''), 'hex')
}
