import type { OpenPage, OpenPageOptions, TestBrowser } from '@mercat/testing/with-browser'
import { token } from '../tokens.ts'

/** A token of staff, with the scopes of the one that `mercat start` prints. */
export function staffToken(): string {
	return token('staff', 'orders:manage orders:read orders:write webhooks:manage events:read catalog:write')
}

export type OpenConsoleOptions = OpenPageOptions & {
	/** A token of staff, unless given. */
	token?: string
}

/**
 * Opens the console as a person does, with the link that has a token, and goes to a place, such as `/orders?status=paid`.
 *
 * @param url the address of the order service
 */
export async function openConsole(
	browser: TestBrowser,
	url: string,
	place: string,
	{ token: given = staffToken(), ...options }: OpenConsoleOptions = {},
): Promise<OpenPage> {
	const opened = await browser.open(`${url}/console/#token=${given}`, options)
	await opened.page.getByRole('navigation', { name: 'Screens' }).waitFor()
	await opened.page.evaluate(`location.hash = ${JSON.stringify(`#${place}`)}`)
	return opened
}

/** Presses a button as a person without a mouse does. */
export async function press({ page }: Pick<OpenPage, 'page'>, name: string): Promise<void> {
	await page.getByRole('button', { name, exact: true }).focus()
	await page.keyboard.press('Enter')
}

/** How many pixels of a table are beyond its region, so that somebody would have to scroll sideways. */
export async function pixelsBeyond({ page }: Pick<OpenPage, 'page'>, label: string): Promise<unknown> {
	const region = `document.querySelector('.table-region[aria-label="${label}"]')`
	return await page.evaluate(`${region}.scrollWidth - ${region}.clientWidth`)
}
