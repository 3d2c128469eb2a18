import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Keeps secrets that only this service may read. */
export type SecretBox = {
	/** Encrypts a secret of a webhook with the first key. */
	seal(secret: string, webhookId: string): string
	/** @throws UnsealError when no key fits, or when the text was changed or belongs to another webhook */
	unseal(sealed: string, webhookId: string): string
}

/** A sealed secret cannot be read. The message names no secret. */
export class UnsealError extends Error {
	override name = 'UnsealError'
}

/** The least length of a key, in bytes of UTF-8. */
export const smallestSecretsKeyBytes = 32

const version = 'v1'
const cipher = 'aes-256-gcm'
const keyBytes = 32
const fingerprintBytes = 6
const nonceBytes = 12
const tagBytes = 16

/**
 * Seals with AES-256-GCM. The id of the webhook is authenticated with the secret, so a sealed secret is of no use in
 * another row. A sealed secret is `v1.fingerprint.content`: the fingerprint tells which key fits, and nothing about it.
 *
 * @param keys texts of at least `smallestSecretsKeyBytes`; the first one seals, and each one unseals
 */
export function createSecretBox(keys: readonly string[]): SecretBox {
	const derived = keys.map(deriveKey)

	return {
		seal(secret, webhookId) {
			const [newest] = derived
			if (newest === undefined) throw new Error('SECRETS_KEY is required to keep a secret')
			const nonce = randomBytes(nonceBytes)
			const cipheriv = createCipheriv(cipher, newest.key, nonce, { authTagLength: tagBytes })
			cipheriv.setAAD(context(newest.fingerprint, webhookId))
			const content = [nonce, cipheriv.update(secret, 'utf8'), cipheriv.final(), cipheriv.getAuthTag()]
			return [version, newest.fingerprint, Buffer.concat(content).toString('base64url')].join('.')
		},

		unseal(sealed, webhookId) {
			const [sealedVersion, fingerprint = '', content = ''] = sealed.split('.')
			if (sealedVersion !== version) throw new UnsealError('the sealed secret has an unknown form')
			const fitting = derived.find((candidate) => candidate.fingerprint === fingerprint)
			if (fitting === undefined) {
				throw new UnsealError(`SECRETS_KEY lacks the key that sealed the secret of webhook ${webhookId}`)
			}
			const bytes = Buffer.from(content, 'base64url')
			try {
				const nonce = bytes.subarray(0, nonceBytes)
				const decipher = createDecipheriv(cipher, fitting.key, nonce, { authTagLength: tagBytes })
				decipher.setAAD(context(fingerprint, webhookId))
				decipher.setAuthTag(bytes.subarray(-tagBytes))
				return decipher.update(bytes.subarray(nonceBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8')
			} catch (cause) {
				const message = `the sealed secret of webhook ${webhookId} was changed, or belongs to another webhook`
				throw new UnsealError(message, { cause })
			}
		},
	}
}

function deriveKey(text: string) {
	const derive = (purpose: string, bytes: number) =>
		Buffer.from(hkdfSync('sha256', text, '', `mercat webhook secrets ${version} ${purpose}`, bytes))
	return { key: derive('key', keyBytes), fingerprint: derive('fingerprint', fingerprintBytes).toString('base64url') }
}

function context(fingerprint: string, webhookId: string): Buffer {
	return Buffer.from(`${version}.${fingerprint}.${webhookId}`)
}
