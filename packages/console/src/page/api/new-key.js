/**
 * A key that nobody else has, such as an idempotency key. `crypto.randomUUID` would be missing on a page that comes from
 * another host over plain HTTP.
 */
export function newKey() {
	return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
