import { type Browser, chromium } from 'playwright-core'
import { findChromium } from './find-chromium.ts'

/** Why there is no browser. */
export const noBrowser = 'there is no Chromium on PATH or in CHROMIUM'

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
 * Starts Chromium without a window.
 *
 * @throws Error when there is none
 */
export async function launchBrowser(): Promise<Browser> {
	const program = findChromium()
	if (program === undefined) throw new Error(noBrowser)
	return await chromium.launch({ executablePath: program, args: flags, chromiumSandbox: false })
}
