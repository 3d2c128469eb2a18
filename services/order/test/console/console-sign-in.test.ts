import { inspectScreen } from '@mercat/testing/inspect-screen'
import { withBrowser } from '@mercat/testing/with-browser'
import { expect, test } from 'vitest'
import { startServices } from '../start-services.ts'
import { token } from '../tokens.ts'

withBrowser('the sign-in of the console', (browser) => {
	test('a link with a token signs in, and its fragment leaves the address and the history at once', async () => {
		await using services = await startServices('pglite', { env: { CONSOLE: 'true' } })
		await using opened = await browser.open(`${services.url}/console/#token=${token('staff', 'orders:manage')}`)
		const { page } = opened
		await page.getByRole('heading', { name: 'Live' }).waitFor()
		expect(page.url()).toBe(`${services.url}/console/#/live`)
		await inspectScreen(page, 'live')
		opened.expectClean()
	})
})
