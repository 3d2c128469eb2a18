import type { Browser, Page } from 'playwright-core'
import { type PageRecord, recordPage } from './page-record.ts'

export type OpenPageOptions = {
	/** In CSS pixels, 1280 unless given. */
	width?: number
	/** In CSS pixels, 800 unless given. */
	height?: number
	colorScheme?: 'light' | 'dark'
	/** UTC unless given. */
	timeZone?: string
}

export type OpenPage = AsyncDisposable & PageRecord & { page: Page }

/** Opens a page whose errors, violations of its policy and requests are recorded from the start. */
export async function openPage(
	browser: Browser,
	url: string,
	{ width = 1280, height = 800, colorScheme = 'light', timeZone = 'UTC' }: OpenPageOptions = {},
): Promise<OpenPage> {
	const context = await browser.newContext({
		viewport: { width, height },
		colorScheme,
		locale: 'en-GB',
		timezoneId: timeZone,
		reducedMotion: 'reduce',
	})
	const page = await context.newPage()
	// Shorter than the limit of a test, so that a failure tells what was waited for.
	page.setDefaultTimeout(30_000)
	const record = await recordPage(page, new URL(url).origin)
	const answer = await page.goto(url)
	if (answer?.ok() === false) throw new Error(`the page is answered with ${answer.status()}`)
	return { ...record, page, [Symbol.asyncDispose]: () => context.close() }
}
