import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exchange } from '../exchange.ts'
import { type Services, startServices } from '../start-services.ts'

let services: Services
beforeAll(async () => {
	services = await startServices('pglite', { env: { CONSOLE: 'true' } })
})
afterAll(() => services[Symbol.asyncDispose]())

const fetchFile = (path: string, headers: Record<string, string> = {}) =>
	fetch(`${services.url}${path}`, { headers, redirect: 'manual' })

test('/console leads to /console/, which is a page', async () => {
	const redirect = await fetchFile('/console')
	expect([redirect.status, redirect.headers.get('location')]).toEqual([308, '/console/'])
	const page = await fetchFile('/console/')
	expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
})

test('the policy permits this origin, the two scripts in the page itself, and nothing else', async () => {
	const page = await fetchFile('/console/')
	const scripts = [...(await page.text()).matchAll(/<script(?: type="importmap")?>([^<]*)<\/script>/g)]
	const digests = scripts.map(([, text = '']) => createHash('sha256').update(text).digest('base64'))
	expect(digests).toHaveLength(2)
	expect(page.headers.get('content-security-policy')?.split('; ')).toEqual([
		"default-src 'none'",
		`script-src 'self' 'sha256-${digests[0]}' 'sha256-${digests[1]}'`,
		"style-src 'self'",
		"img-src 'self'",
		"connect-src 'self'",
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
	])
})

test('the page learns where the market service is, and may call it', async () => {
	const alone = await fetchFile('/console/settings.json')
	expect([alone.status, await alone.json()]).toEqual([200, {}])
	await using withMarket = await startServices('pglite', {
		env: { CONSOLE: 'true', MARKET_URL: 'https://market.example:8443/live/' },
	})
	const told = await fetch(`${withMarket.url}/console/settings.json`)
	expect(await told.json()).toEqual({ marketUrl: 'https://market.example:8443/live' })
	const page = await fetch(`${withMarket.url}/console/`)
	expect(page.headers.get('content-security-policy')).toContain("; connect-src 'self' https://market.example:8443; ")
})

test('each file has the headers of a page and is asked for again each time', async () => {
	for (const path of ['/console/', '/console/main.js', '/console/vendor/uplot.css']) {
		const { headers } = await fetchFile(path)
		expect(Object.fromEntries(headers), path).toMatchObject({
			'cache-control': 'no-cache',
			'referrer-policy': 'no-referrer',
			'x-content-type-options': 'nosniff',
			'cross-origin-opener-policy': 'same-origin',
			'content-security-policy': expect.stringContaining("default-src 'none'"),
		})
	}
})

test('every module, style and icon that the page names is served with its type', async () => {
	const seen = new Set<string>()
	const waiting = ['/console/']
	for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
		if (seen.has(path)) continue
		seen.add(path)
		const answer = await fetchFile(path)
		expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, 200, typeOf(path)])
		const { pathname } = new URL(path, services.url)
		const folder = pathname.endsWith('/') ? pathname : `${posix.dirname(pathname)}/`
		waiting.push(
			...namesIn(await answer.text(), path).map((name) => new URL(name, `${services.url}${folder}`).pathname),
		)
	}
	expect(seen).toContain('/console/shell/app.js')
	expect(seen).toContain('/console/vendor/preact-hooks.js')
	expect(seen).toContain('/console/styles/theme.css')
})

function typeOf(path: string): string {
	if (path.endsWith('.js')) return 'text/javascript; charset=utf-8'
	if (path.endsWith('.css')) return 'text/css; charset=utf-8'
	return path.endsWith('.svg') ? 'image/svg+xml' : 'text/html; charset=utf-8'
}

function namesIn(text: string, path: string): string[] {
	if (path.includes('/vendor/') || path.endsWith('.css') || path.endsWith('.svg')) return []
	const pattern = path.endsWith('.js') ? /^import [^']*'(\.[^']+)'/gm : /(?:href="|src="|: ")([^"]+)"/g
	return [...text.matchAll(pattern)].map(([, name = '']) => name)
}

test('a browser that has the latest file is told so without the file', async () => {
	const first = await fetchFile('/console/main.js')
	const etag = first.headers.get('etag') ?? ''
	for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
		const again = await fetchFile('/console/main.js', { 'if-none-match': known })
		expect([known, again.status, again.headers.get('etag'), await again.text()]).toEqual([known, 304, etag, ''])
	}
	expect((await fetchFile('/console/main.js', { 'if-none-match': '"other"' })).status).toBe(200)
})

test('a HEAD request gets the headers of the file', async () => {
	const answer = await fetch(`${services.url}/console/main.js`, { method: 'HEAD' })
	expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8'])
})

test.each([
	'/console/no-such-file.js',
	'/console/index.html',
	'/console/console-page.ts',
	'/console/parts/',
	'/console/constructor',
	'/console/../package.json',
	'/console/%2e%2e/console-page.ts',
	'/console/..%2fconsole-page.ts',
	'/console/..%5cconsole-page.ts',
	'/console//etc/passwd',
	'/console/%2fetc%2fpasswd',
	'/console/main.js%00',
])('%s is no file of the page', async (path) => {
	// `fetch` would resolve the dots itself.
	const { status } = await exchange(services.port, [`GET ${path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`])
	expect(status).toBe(404)
})

describe('with CONSOLE=false', () => {
	test('there is no page', async () => {
		await using plain = await startServices('pglite', { env: { CONSOLE: 'false' } })
		for (const path of ['/console', '/console/', '/console/main.js']) {
			expect((await fetch(`${plain.url}${path}`)).status, path).toBe(404)
		}
	})
})

test('the OpenAPI document does not have the page', async () => {
	const document = await (await fetchFile('/openapi.json')).text()
	expect(document).not.toContain('"/console')
})
