import type { Page } from 'playwright-core'

/** Presses a button as a person without a mouse does. */
export async function pressButton(page: Page, name: string): Promise<void> {
	await page.getByRole('button', { name, exact: true }).focus()
	await page.keyboard.press('Enter')
}
