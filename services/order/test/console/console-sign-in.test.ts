import { signToken } from '@mercat/service/tokens'
import { inspectScreen } from '@mercat/testing/inspect-screen'
import { type OpenPage, withBrowser } from '@mercat/testing/with-browser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Services, startServices } from '../start-services.ts'
import { jwtSecret, token } from '../tokens.ts'
import { staffToken } from './open-console.ts'

type Route = Parameters<Parameters<OpenPage['page']['route']>[1]>[0]

const signed = (secret: string, lifetimeMs: number) =>
	signToken({ secret, issuer: 'mercat', audience: 'mercat' }, { subject: 'staff', scope: 'orders:manage', lifetimeMs })

const unsigned = (exp: number) => {
	const claims = { sub: 'staff', scope: 'orders:manage', exp }
	return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2lnbmF0dXJl`
}

const expired = () => unsigned(Math.floor(Date.now() / 1_000) - 60)

withBrowser('the sign-in of the console', (browser) => {
	let services: Services
	beforeAll(async () => {
		services = await startServices('pglite', { env: { CONSOLE: 'true' } })
	})
	afterAll(() => services[Symbol.asyncDispose]())

	const addressOf = (fragment: string) => `${services.url}/console/#${fragment}`
	const heading = (page: OpenPage['page'], name: string) => page.getByRole('heading', { name, level: 1 })

	test('a link with a token signs in, and its fragment leaves the address and the history at once', async () => {
		await using opened = await browser.open(addressOf(`token=${staffToken()}`))
		const { page } = opened
		await heading(page, 'Live').waitFor()
		expect(page.url()).toBe(addressOf('/live'))
		expect(await page.evaluate('history.length')).toBe(2)
		await page.goBack()
		expect(page.url()).toBe('about:blank')
	})

	/** Opens the link while one file of the page is answered by `answer`. */
	async function openWith(file: string, answer: (route: Route) => Promise<void>): Promise<OpenPage> {
		const opened = await browser.open(`${services.url}/openapi.json`)
		await opened.page.route(`**/console/${file}`, answer)
		await opened.page.goto(addressOf(`token=${staffToken()}`), { waitUntil: 'commit' })
		return opened
	}

	test('the token leaves the address before any other file of the page has arrived', async () => {
		const { promise: arrival, resolve: arrive } = Promise.withResolvers<void>()
		await using opened = await openWith('**', async (route) => {
			if (new URL(route.request().url()).pathname !== '/console/') await arrival
			await route.continue()
		})
		const { page } = opened
		await page.waitForURL(addressOf('/'), { waitUntil: 'commit' })
		arrive()
		await heading(page, 'Live').waitFor()
		expect(page.url()).toBe(addressOf('/live'))
		expect(await page.evaluate('"takeLinkToken" in window')).toBe(false)
	})

	test.each([
		['does not arrive', (route: Route) => route.abort()],
		['is not there', (route: Route) => route.fulfill({ status: 404 })],
		['is broken', (route: Route) => route.fulfill({ contentType: 'text/javascript', body: 'import {' })],
	])('a page of which one file %s keeps no token, tells that it failed, and can be loaded again', async (_, answer) => {
		await using opened = await openWith('screens/webhooks/replay-dialog.js', answer)
		const { page } = opened
		await heading(page, 'The console could not be loaded').waitFor()
		expect(page.url()).toBe(addressOf('/'))
		await inspectScreen(page, 'not-loaded')
		await page.unroute('**/console/screens/webhooks/replay-dialog.js')
		await page.getByRole('button', { name: 'Load again' }).click()
		await heading(page, 'Sign in').waitFor()
	})

	test('a reload forgets the token, and no storage of the browser has it', async () => {
		await using opened = await browser.open(addressOf(`token=${staffToken()}`))
		const { page } = opened
		await heading(page, 'Live').waitFor()
		const stored = 'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])'
		expect(await page.evaluate(stored)).toBe('[{},{},""]')
		await page.reload()
		await heading(page, 'Sign in').waitFor()
	})

	test.each([
		['that has expired', expired, 'The token has expired', []],
		['of a customer', () => token('demo'), 'This token is not of staff', []],
		[
			'of another shop',
			() => signed('a-secret-of-another-shop-32-bytes', 60_000),
			'The service does not accept this token.',
			[401],
		],
		['that ends after the last date', () => unsigned(1e18), 'The service does not accept this token.', [401]],
		['that is no token', () => 'hello', 'This text is no token', []],
	])('a token %s shows nothing but the reason', async (_which, tokenOf, reason, statuses) => {
		await using opened = await browser.open(addressOf(`token=${tokenOf()}`))
		const { page } = opened
		await page.getByRole('alert').filter({ hasText: reason }).waitFor()
		await heading(page, 'Sign in').waitFor()
		expect(await page.getByRole('navigation').count()).toBe(0)
		expect(page.url()).not.toContain('token')
		opened.expectClean({ statuses })
	})

	test('a person signs in by keyboard, with a link or with the token alone', async () => {
		for (const text of [staffToken(), `Bearer ${staffToken()}`, addressOf(`token=${staffToken()}`)]) {
			await using opened = await browser.open(addressOf('/orders'))
			const { page } = opened
			await heading(page, 'Sign in').waitFor()
			await page.keyboard.type(text)
			await page.keyboard.press('Enter')
			await heading(page, 'Orders').waitFor()
			expect(page.url()).toBe(addressOf('/orders'))
			opened.expectClean()
		}
	})

	test('a token that was accepted before is told to have ended', async () => {
		await using opened = await browser.open(addressOf(`token=${staffToken()}`))
		const { page } = opened
		await page.getByText('live', { exact: true }).waitFor()
		await page.route('**/v1/outbox?*', (route) => route.fulfill({ status: 401, json: { code: 'UNAUTHENTICATED' } }))
		await page.getByRole('link', { name: 'Outbox' }).click()
		await page.getByRole('alert').filter({ hasText: 'does not accept your token any more' }).waitFor()
	})

	test('a token that expires brings the sign-in back, and a new one leads to the same place', async () => {
		await using opened = await browser.open(`${services.url}/openapi.json`)
		const { page } = opened
		await page.clock.install()
		await page.goto(addressOf(`token=${signed(jwtSecret, 600_000)}`))
		await page.getByRole('link', { name: 'Outbox' }).click()
		await heading(page, 'Outbox').waitFor()
		await page.clock.fastForward(600_000)
		await page.getByRole('alert').filter({ hasText: 'The token has expired' }).waitFor()
		await heading(page, 'Sign in').waitFor()
		await page.getByLabel('Token of staff').fill(staffToken())
		await page.getByRole('button', { name: 'Sign in' }).click()
		await heading(page, 'Outbox').waitFor()
	})

	test('a link that is pasted into an open page changes the session and not the place', async () => {
		await using opened = await browser.open(addressOf(`token=${signed(jwtSecret, 600_000)}`))
		const { page } = opened
		await page.getByRole('link', { name: 'Outbox' }).click()
		await heading(page, 'Outbox').waitFor()
		await page.evaluate(`location.hash = 'token=${token('other', 'orders:manage')}'`)
		await page.getByText('other', { exact: true }).waitFor()
		await heading(page, 'Outbox').waitFor()
		expect(page.url()).toBe(addressOf('/outbox'))
	})
})
