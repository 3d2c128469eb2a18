import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import { findChromium } from './find-chromium.ts'
import { type OpenPage, type OpenPageOptions, openPage } from './open-page.ts'

export type { OpenPage, OpenPageOptions } from './open-page.ts'

export type TestBrowser = {
	/** Opens a page in a session of its own: nothing is shared with other pages. */
	open(url: string, options?: OpenPageOptions): Promise<OpenPage>
}

// Chromium asks servers of its maker for many things. None of them belongs into a test.
const flags = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
]

/**
 * Tests that need a browser, such as Debian's package `chromium`. Where there is none they are left out, which their title
 * says. Continuous integration installs it, so they fail there without it.
 */
export function withBrowser(name: string, tests: (browser: TestBrowser) => void): void {
	const program = findChromium()
	const lack = 'there is no Chromium on PATH or in CHROMIUM'
	if (program === undefined && process.env['CI'] !== undefined) throw new Error(lack)
	if (program === undefined) {
		console.warn(`the tests of ${name} are left out, because ${lack}`)
		describe.skip(`${name} (left out: ${lack})`, () => tests({ open: () => Promise.reject(new Error(lack)) }))
		return
	}
	describe(name, () => {
		let browser: Browser
		beforeAll(async () => {
			browser = await chromium.launch({ executablePath: program, args: flags, chromiumSandbox: false })
		})
		afterAll(() => browser.close())
		tests({ open: (url, options) => openPage(browser, url, options) })
	})
}
