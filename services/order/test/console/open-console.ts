import type { TestBrowser } from '@mercat/testing/with-browser'
import type { Page } from 'playwright-core'
import { token } from '../tokens.ts'

const patienceMs = 10_000

/** A token of staff, with the scopes of the one that `mercat start` prints. */
export function staffToken(): string {
	return token('staff', 'orders:manage orders:read orders:write webhooks:manage events:read catalog:write')
}

/** The console at a place such as `/orders`, with staff signed in. */
export async function openConsole(browser: TestBrowser, url: string, place: string) {
	const opened = await browser.open(`${url}/console/#token=${staffToken()}`)
	const { page } = opened
	page.setDefaultTimeout(patienceMs)
	await page.getByRole('navigation', { name: 'Screens' }).waitFor()
	await page.evaluate(`location.hash = '#${place}'`)
	return opened
}

/** Presses a button as a person without a mouse does. */
export async function press(page: Page, name: string): Promise<void> {
	await page.getByRole('button', { name, exact: true }).focus()
	await page.keyboard.press('Enter')
}
