import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { expectAccessible } from './accessibility.ts'

const widths = [1280, 360]
const colorSchemes = ['light', 'dark'] as const

/** Takes a picture of what is on the screen, into the folder of `MERCAT_PICTURES`. Without the variable it takes none. */
export async function takePicture(page: Page, name: string): Promise<void> {
	const folder = process.env['MERCAT_PICTURES']
	if (folder === undefined) return
	mkdirSync(folder, { recursive: true })
	await page.screenshot({ path: join(folder, `${name}.png`) })
}

/**
 * Looks at the screen that the page shows: at 1280 and at 360 pixels, in light and in dark. It must be accessible and must
 * not be wider than the window. A picture is taken of each: `NAME-1280-light.png`.
 */
export async function inspectScreen(page: Page, name: string): Promise<void> {
	const before = page.viewportSize() ?? { width: 1280, height: 800 }
	for (const width of widths) {
		await page.setViewportSize({ width, height: before.height })
		for (const colorScheme of colorSchemes) {
			await page.emulateMedia({ colorScheme })
			await takePicture(page, `${name}-${width}-${colorScheme}`)
			await expectAccessible(page)
		}
		const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
		expect(overflow, `how many pixels of ${name} are beyond a window of ${width}`).toBeLessThanOrEqual(0)
	}
	await page.setViewportSize(before)
	await page.emulateMedia({ colorScheme: 'light' })
}
