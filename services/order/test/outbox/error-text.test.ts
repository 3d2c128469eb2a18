import { expect, test } from 'vitest'
import { errorText } from '../../src/outbox/error-text.ts'

test('the text of an error has neither the password nor the query of a URL', async () => {
	const error = await fetch('https://me:secret@receiver.example/events?key=hidden').catch((thrown: unknown) => thrown)
	expect(errorText(error)).toContain('https://receiver.example/events')
	expect(errorText(error)).not.toMatch(/secret|hidden/)
})
