import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

/** Fails with each place of the page that breaks a rule of axe: WCAG 2 and good practice. */
export async function expectAccessible(page: Page): Promise<void> {
	// The debugger evaluates the script, so the policy of the page stays in force.
	if (await page.evaluate('typeof axe === "undefined"')) await page.evaluate(`${axe};0`)
	const { violations } = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as AxeResults
	const places = violations.flatMap(({ id, help, nodes }) =>
		nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(' ')}: ${failureSummary}`),
	)
	if (places.length > 0) throw new Error(`the page is not accessible\n${places.join('\n')}`)
}
