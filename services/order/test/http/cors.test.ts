import { describe, expect, test } from 'vitest'
import { type Services, startServices } from '../start-services.ts'

const shop = 'https://shop.example'
const other = 'https://other.example'

/** The CORS headers of an answer. */
function corsHeadersOf(headers: Headers): Record<string, string> {
	return Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')))
}

async function preflight({ url }: Services, origin: string) {
	const answer = await fetch(`${url}/v1/orders`, {
		method: 'OPTIONS',
		headers: {
			origin,
			'access-control-request-method': 'POST',
			'access-control-request-headers': 'authorization,idempotency-key',
		},
	})
	return { status: answer.status, ...corsHeadersOf(answer.headers) }
}

async function get({ url }: Services, origin: string) {
	const answer = await fetch(`${url}/v1/products`, { headers: { origin } })
	return { status: answer.status, ...corsHeadersOf(answer.headers) }
}

describe('web pages of other origins', () => {
	test('a page of an allowed origin may call, and its browser keeps the answer to a preflight for two hours', async () => {
		await using services = await startServices('pglite', { env: { CORS_ORIGINS: `${shop}, http://localhost:5173` } })
		expect(await preflight(services, shop)).toMatchObject({
			status: 204,
			'access-control-allow-origin': shop,
			'access-control-allow-headers': 'authorization,idempotency-key',
			'access-control-max-age': '7200',
		})
		expect(await get(services, 'http://localhost:5173')).toMatchObject({
			status: 200,
			'access-control-allow-origin': 'http://localhost:5173',
		})
		for (const answer of [await preflight(services, other), await get(services, other)]) {
			expect(answer).not.toHaveProperty('access-control-allow-origin')
			expect(answer).not.toHaveProperty('access-control-allow-credentials')
		}
	})

	test('with * a page of any origin may call, but without credentials', async () => {
		await using services = await startServices('pglite', { env: { CORS_ORIGINS: '*' } })
		for (const answer of [await preflight(services, other), await get(services, other)]) {
			expect(answer).toMatchObject({ 'access-control-allow-origin': '*' })
			expect(answer).not.toHaveProperty('access-control-allow-credentials')
		}
	})
})
