import { ConfigError } from '@mercat/service/variables'
import { describe, expect, test } from 'vitest'
import { readOrderConfig } from '../src/config.ts'

const good = {
	DATABASE_URL: 'pglite:memory',
	CATALOG_ADDRESS: 'catalog:50051',
	JWT_SECRET: 'a-secret-of-32-bytes-or-more-is-ok',
}

function expectRefused(variables: NodeJS.ProcessEnv, rule: string): void {
	let refusal: unknown
	try {
		readOrderConfig({ ...good, ...variables })
	} catch (error) {
		refusal = error
	}
	expect(refusal).toBeInstanceOf(ConfigError)
	const { message } = refusal as Error
	expect(message).toContain(rule)
	expect(message).not.toContain('hunter2')
	expect(message).not.toContain('\n')
}

describe('CORS_ORIGINS', () => {
	const origins = (CORS_ORIGINS: string) => readOrderConfig({ ...good, CORS_ORIGINS }).corsOrigins

	test('is a list of origins, which are compared as browsers send them', () => {
		const list = 'https://shop.example, http://localhost:5173\n'
		expect(origins(list)).toEqual(['https://shop.example', 'http://localhost:5173'])
		const spellings = 'HTTPS://Shop.Example:443 https://shop.example http://[::1]:80'
		expect(origins(spellings)).toEqual(['https://shop.example', 'http://[::1]'])
		// As people copy them from the address bar.
		expect(origins('http://localhost:5173/, https://shop.example/')).toEqual([
			'http://localhost:5173',
			'https://shop.example',
		])
	})

	test('is * for every origin, alone or in a list', () => {
		expect(origins(' * ')).toEqual(['*'])
		expect(origins('http://localhost:8080,*')).toEqual(['*'])
	})

	test.each([
		'hunter2',
		',',
		'https://*.hunter2.example',
		'https://hunter2.example//',
		'https://hunter2.example/shop',
		'https://shop.example?hunter2',
		'https://user:hunter2@shop.example',
		'https://hunter2:99999',
		'https://shop.example, null',
		'file:///hunter2',
	])('is refused with one message when it is %s', (CORS_ORIGINS) => {
		expectRefused({ CORS_ORIGINS }, 'CORS_ORIGINS must be a list of origins such as https://shop.example')
	})
})

describe('WEBHOOK_SECRET', () => {
	const base64Of = (text: string) => `whsec_${Buffer.from(text).toString('base64')}`

	test.each([
		['the base64 of 24 bytes', base64Of('exactly-24-bytes-of-text')],
		['the base64 of 25 bytes', base64Of('exactly-25-bytes-of-text-')],
		['a text of 24 bytes', 'exactly-24-bytes-of-text'],
		['a text of 23 characters and 24 bytes', 'exactly-24-bytes-of-tëxt'.slice(1)],
	])('is accepted as %s', (_form, WEBHOOK_SECRET) => {
		expect(readOrderConfig({ ...good, WEBHOOK_SECRET }).webhookSecret).toBe(WEBHOOK_SECRET)
	})

	test.each([
		['a short text', 'hunter2'],
		['a text of 23 bytes', 'hunter2-and-16-bytes---'],
		['the base64 of 23 bytes', base64Of('hunter2-and-16-bytes---')],
		['whsec_ and a long text', 'whsec_hunter2-is-a-text-and-not-base64'],
		['whsec_ and base64 with a tail', `${base64Of('exactly-25-bytes-of-text-')}hunter2`],
		['whsec_ alone', 'whsec_'],
	])('is refused as %s', (_form, WEBHOOK_SECRET) => {
		expectRefused({ WEBHOOK_SECRET }, 'WEBHOOK_SECRET must be whsec_ and the base64 of at least 24 bytes')
	})
})
