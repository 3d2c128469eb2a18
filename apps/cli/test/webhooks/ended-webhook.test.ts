import { expect, test } from 'vitest'
import { startShop } from './start-shop.ts'

test('a webhook that left WEBHOOK_URLS is listed as such; with a URL it goes on, and its new secret is printed', async () => {
	await using shop = await startShop({ hasEndedWebhook: true })
	const { stdout } = await shop.webhooks('list')
	expect(stdout).toMatch(/, in WEBHOOK_URLS until \S+Z, to https:\/\/gone\.example\/events\n$/)
	const id = stdout.slice(0, 36)
	const changed = await shop.webhooks('change', id, '--url', 'https://new.example/events')
	expect(changed.stdout).toMatch(/^[^,]+ {2}active, \*, tried through position 0, to https:\S+\nsecret whsec_\S+\n$/)
	expect((await shop.webhooks('delete', id)).stdout).toBe(`${id}  deleted\n`)
})
