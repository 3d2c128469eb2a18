import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

// The first one is Chromium without the parts that draw a window: its pages open in half of the time.
const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The program of the browser: that of `CHROMIUM`, or else the first on `PATH` with one of its usual names. */
export function findChromium(): string | undefined {
	const named = process.env['CHROMIUM']
	if (named !== undefined) return isProgram(named) ? named : undefined
	const folders = (process.env['PATH'] ?? '').split(delimiter)
	return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram)
}

function isProgram(path: string): boolean {
	try {
		accessSync(path, constants.X_OK)
		return true
	} catch {
		return false
	}
}
