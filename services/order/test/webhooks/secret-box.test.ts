import { describe, expect, test } from 'vitest'
import { createSecretBox, UnsealError } from '../../src/webhooks/secret-box.ts'

const [oldKey, newKey] = ['o'.repeat(32), 'n'.repeat(32)]
const secret = 'whsec_c2VjcmV0IG9mIGEgd2ViaG9vaw=='

describe('a sealed secret', () => {
	test('is read again with its key', () => {
		const sealed = createSecretBox([oldKey]).seal(secret, 'webhook-1')
		expect(sealed).toMatch(/^v1\.[\w-]{8}\.[\w-]+$/)
		expect(sealed).not.toContain(secret)
		expect(createSecretBox([oldKey]).unseal(sealed, 'webhook-1')).toBe(secret)
	})

	test('is sealed with the first key, and read with each', () => {
		const sealedBefore = createSecretBox([oldKey]).seal(secret, 'webhook-1')
		const box = createSecretBox([newKey, oldKey])
		expect(box.unseal(sealedBefore, 'webhook-1')).toBe(secret)
		const sealedNow = box.seal(secret, 'webhook-1')
		expect(createSecretBox([newKey]).unseal(sealedNow, 'webhook-1')).toBe(secret)
		expect(() => createSecretBox([oldKey]).unseal(sealedNow, 'webhook-1')).toThrow(
			'SECRETS_KEY lacks the key that sealed the secret of webhook webhook-1',
		)
	})

	test('looks different each time', () => {
		const box = createSecretBox([oldKey])
		expect(box.seal(secret, 'webhook-1')).not.toBe(box.seal(secret, 'webhook-1'))
	})

	test('of one webhook is not read for another one', () => {
		const box = createSecretBox([oldKey])
		const sealed = box.seal(secret, 'webhook-1')
		expect(() => box.unseal(sealed, 'webhook-2')).toThrow(
			'the sealed secret of webhook webhook-2 was changed, or belongs to another webhook',
		)
	})

	test('that was changed anywhere is not read, and no error tells a secret', () => {
		const box = createSecretBox([oldKey, newKey])
		const sealed = box.seal(secret, 'webhook-1')
		const changed = Array.from(sealed, (character, index) => {
			const other = character === 'A' ? 'B' : 'A'
			return sealed.slice(0, index) + other + sealed.slice(index + 1)
		})
		const shorter = Array.from(sealed, (_, index) => sealed.slice(0, index))
		for (const text of [...changed, ...shorter]) {
			const error = errorOf(() => box.unseal(text, 'webhook-1'))
			// The last character has bits that the encoding does not use.
			if (error === undefined && text.slice(0, -1) === sealed.slice(0, -1)) continue
			expect(error, text).toBeInstanceOf(UnsealError)
			for (const hidden of [secret, oldKey, newKey, sealed.slice(12)]) expect(String(error)).not.toContain(hidden)
		}
	})

	test('is not made without a key', () => {
		expect(() => createSecretBox([]).seal(secret, 'webhook-1')).toThrow('SECRETS_KEY is required to keep a secret')
		const sealed = createSecretBox([oldKey]).seal(secret, 'webhook-1')
		expect(() => createSecretBox([]).unseal(sealed, 'webhook-1')).toThrow(UnsealError)
	})
})

function errorOf(run: () => unknown): unknown {
	try {
		run()
	} catch (error) {
		return error
	}
	return undefined
}
