/**
 * A new idempotency key. An application that goes on after its own restart keeps it with the order and sends it again.
 */
export function newIdempotencyKey(): string {
	// `crypto.randomUUID` is missing on pages that came over plain HTTP from another host.
	return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
