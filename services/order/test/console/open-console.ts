import type { OpenPage, OpenPageOptions, TestBrowser } from '@mercat/testing/with-browser'
import type { Services } from '../start-services.ts'
import { token } from '../tokens.ts'

/** The scopes of the token in the link that `mercat start` prints. */
export const staffScopes = 'orders:manage orders:read orders:write webhooks:manage events:read catalog:write'

export type OpenConsoleOptions = OpenPageOptions & {
	/** A token of staff, unless given. */
	token?: string
}

/**
 * Opens the console as a person does: with the link that has a token, and from there to a place.
 *
 * @param place such as `/orders?status=paid`
 */
export async function openConsole(
	browser: TestBrowser,
	{ url }: Pick<Services, 'url'>,
	place: string,
	{ token: given = token('staff', staffScopes), ...options }: OpenConsoleOptions = {},
): Promise<OpenPage> {
	const opened = await browser.open(`${url}/console/#token=${given}`, options)
	await opened.page.evaluate(`location.hash = ${JSON.stringify(`#${place}`)}`)
	return opened
}
