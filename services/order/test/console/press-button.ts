import type { OpenPage } from '@mercat/testing/with-browser'

/** Presses a button as a person without a mouse does. */
export async function pressButton(page: OpenPage['page'], name: string): Promise<void> {
	await page.getByRole('button', { name, exact: true }).focus()
	await page.keyboard.press('Enter')
}
