const base64Secret = /^whsec_((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/
const secretPrefix = 'whsec_'
// The least that Standard Webhooks asks for.
const smallestSecretBytes = 24

/**
 * Whether a secret for signatures is long enough: `whsec_` and the base64 of at least 24 bytes, or another text of at least
 * 24 bytes.
 */
export function isStrongSecret(secret: string): boolean {
	if (!secret.startsWith(secretPrefix)) return Buffer.byteLength(secret) >= smallestSecretBytes
	const [, base64] = base64Secret.exec(secret) ?? []
	return base64 !== undefined && Buffer.from(base64, 'base64').length >= smallestSecretBytes
}
