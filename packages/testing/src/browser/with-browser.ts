import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import { findChromium } from './find-chromium.ts'
import { launchBrowser, noBrowser } from './launch-browser.ts'
import { type OpenPage, type OpenPageOptions, openPage } from './open-page.ts'

export type { OpenPage, OpenPageOptions } from './open-page.ts'

export type TestBrowser = {
	/** Opens a page in a session of its own: nothing is shared with other pages. */
	open(url: string, options?: OpenPageOptions): Promise<OpenPage>
}

/**
 * Tests that need a browser, such as Debian's package `chromium`. Where there is none they are left out, which their title
 * says. Continuous integration installs it, so they fail there without it.
 */
export function withBrowser(name: string, tests: (browser: TestBrowser) => void): void {
	const isThere = findChromium() !== undefined
	if (!isThere && process.env['CI'] !== undefined) throw new Error(noBrowser)
	if (!isThere) {
		console.warn(`the tests of ${name} are left out, because ${noBrowser}`)
		describe.skip(`${name} (left out: ${noBrowser})`, () => tests({ open: () => Promise.reject(new Error(noBrowser)) }))
		return
	}
	describe(name, () => {
		let browser: Browser
		beforeAll(async () => {
			browser = await launchBrowser()
		})
		afterAll(() => browser.close())
		tests({ open: (url, options) => openPage(browser, url, options) })
	})
}
