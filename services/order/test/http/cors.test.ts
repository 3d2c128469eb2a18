import { describe, expect, test } from 'vitest'
import { type Services, startServices } from '../start-services.ts'

const shop = 'https://shop.example'
const other = 'https://other.example'

/** The CORS headers of an answer. */
function corsHeadersOf(headers: Headers): Record<string, string> {
	return Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')))
}

async function preflight({ url }: Services, origin: string, path = '/v1/orders') {
	const answer = await fetch(`${url}${path}`, {
		method: 'OPTIONS',
		headers: {
			origin,
			'access-control-request-method': 'POST',
			'access-control-request-headers': 'authorization,idempotency-key',
		},
	})
	return { status: answer.status, ...corsHeadersOf(answer.headers) }
}

function namesIn(list: string | null): string[] {
	return (list ?? '').split(',').map((name) => name.trim().toLowerCase())
}

async function get({ url }: Services, origin: string, path = '/v1/products') {
	const answer = await fetch(`${url}${path}`, { headers: { origin } })
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

	test('a path without a route is 404 and another method is 405, with the same Allow as without CORS_ORIGINS', async () => {
		await using services = await startServices('pglite', { env: { CORS_ORIGINS: shop } })
		const paths = ['/nope', '/v1/order', '/metrics', '/v1/orders/', '/v1/orders/x/refund']
		for (const headers of [{}, { origin: shop }] as Record<string, string>[]) {
			for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS']) {
				for (const path of paths) {
					const answer = await services.request(method, path, { headers })
					expect(answer, `${method} ${path}`).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
					expect(answer.headers.get('allow')).toBeNull()
				}
			}
			for (const method of ['PUT', 'OPTIONS']) {
				const answer = await services.request(method, '/v1/orders', { headers })
				expect(answer).toMatchObject({ status: 405, body: { code: 'METHOD_NOT_ALLOWED' } })
				expect(answer.headers.get('allow')).toBe('GET, HEAD, POST')
			}
		}
	})

	test('a preflight permits the methods of its path, and every method for a path without a route', async () => {
		await using services = await startServices('pglite', { env: { CORS_ORIGINS: shop } })
		const permitted = async (path: string) => {
			const answer = await preflight(services, shop, path)
			expect(answer.status).toBe(204)
			return (answer as Record<string, unknown>)['access-control-allow-methods']
		}
		expect(await permitted('/v1/products')).toBe('GET, HEAD')
		expect(await permitted('/v1/orders/x/pay')).toBe('POST')
		expect(await permitted('/v1/webhooks/x')).toBe('DELETE, GET, HEAD, PATCH')
		// The page learns from the answer to its request that the path does not exist.
		expect(await permitted('/nope')).toContain('DELETE')
		expect(await get(services, shop, '/v1/orders/')).toMatchObject({ status: 404, 'access-control-allow-origin': shop })
	})

	test('a page can read every header that the OpenAPI document describes, and Allow', async () => {
		await using services = await startServices('pglite', { env: { CORS_ORIGINS: shop } })
		const { components } = (await services.get('/openapi.json')).body
		const { headers } = await services.get('/v1/products', { headers: { origin: shop } })
		const exposed = namesIn(headers.get('access-control-expose-headers'))
		expect(exposed).toEqual(expect.arrayContaining(namesIn([...Object.keys(components.headers), 'Allow'].join())))
	})
})
