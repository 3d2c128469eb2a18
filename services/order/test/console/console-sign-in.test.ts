import { signToken } from '@mercat/service/tokens'
import { type OpenPage, withBrowser } from '@mercat/testing/with-browser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Services, startServices } from '../start-services.ts'
import { jwtSecret, token } from '../tokens.ts'
import { staffToken } from './open-console.ts'

const signed = (secret: string, lifetimeMs: number) =>
	signToken({ secret, issuer: 'mercat', audience: 'mercat' }, { subject: 'staff', scope: 'orders:manage', lifetimeMs })

const expired = () => {
	const claims = { sub: 'staff', scope: 'orders:manage', exp: Math.floor(Date.now() / 1_000) - 60 }
	return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2lnbmF0dXJl`
}

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
		['of another shop', () => signed('a-secret-of-another-shop-32-bytes', 60_000), 'does not accept your token', [401]],
		['that is no token', () => 'hello', 'This text is no token', []],
	])('a token %s shows nothing but the reason', async (_which, tokenOf, reason, statuses) => {
		await using opened = await browser.open(addressOf(`token=${tokenOf()}`))
		const { page } = opened
		await page.getByRole('alert').filter({ hasText: reason }).waitFor()
		await heading(page, 'Sign in').waitFor()
		expect(await page.getByRole('navigation').count()).toBe(0)
		expect(page.url()).toBe(addressOf('/live'))
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

	test('a token that expires brings the sign-in back, and a new one leads to the same place', async () => {
		await using opened = await browser.open(addressOf(`token=${signed(jwtSecret, 5_000)}`))
		const { page } = opened
		await page.getByRole('link', { name: 'Outbox' }).click()
		await heading(page, 'Outbox').waitFor()
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
