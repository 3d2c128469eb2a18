import type { NewWebhook, WebhookChange } from '@mercat/order-api/webhook-schemas'
import { commandTokens } from '../command/command-tokens.ts'
import { readSigningKey } from '../command/signing-key.ts'
import { describeAttempt, describeDelivery, describeWebhook } from './webhook-lines.ts'
import { describeTrouble, findTrouble } from './webhook-trouble.ts'
import { createWebhooksClient } from './webhooks-client.ts'

/** How many deliveries are listed, and which. */
export type DeliveriesQuery = { state?: string; limit: number }

const largestPage = 100

/** The commands of `mercat webhooks`, each of which prints a line for each thing to stdout. */
export function createWebhooksCommands(ordersUrl: string, env: NodeJS.ProcessEnv) {
	const token = env['MERCAT_TOKEN'] || commandTokens(readSigningKey(env), 'webhooks:manage')()
	const client = createWebhooksClient({ url: ordersUrl, token })

	return {
		async list(): Promise<void> {
			const { webhooks } = await client.list()
			if (webhooks.length === 0) console.error('mercat: there are no webhooks')
			for (const webhook of webhooks) {
				const trouble = await findTrouble(client, webhook)
				console.log(describeWebhook(webhook, trouble && describeTrouble(trouble)))
			}
		},
		async create(webhook: NewWebhook): Promise<void> {
			const { secret, ...created } = await client.create(webhook)
			console.log(`${describeWebhook(created)}\nsecret ${secret}`)
		},
		async change(id: string, change: WebhookChange): Promise<void> {
			const { secret, ...changed } = await client.change(id, change)
			console.log(describeWebhook(changed))
			if (secret !== undefined) console.log(`secret ${secret}`)
		},
		async delete(id: string): Promise<void> {
			await client.delete(id)
			console.log(`${id}  deleted`)
		},
		async rotate(id: string): Promise<void> {
			const { secret, ...rotated } = await client.rotateSecret(id)
			console.log(`${describeWebhook(rotated)}\nsecret ${secret}`)
		},
		/** @returns the exit code */
		async test(id: string): Promise<number> {
			const { delivered, attempt } = await client.test(id)
			console.log(`${id}  the test event was ${delivered ? '' : 'not '}delivered: ${describeAttempt(attempt)}`)
			return delivered ? 0 : 1
		},
		async replay(id: string, after: string): Promise<void> {
			console.log(describeWebhook(await client.replay(id, after)))
		},
		async deliveries(id: string, { state, limit }: DeliveriesQuery): Promise<void> {
			for (let left = limit, pageToken = ''; left > 0; ) {
				const page = await client.deliveries(id, { state, pageToken, pageSize: Math.min(left, largestPage) })
				for (const delivery of page.deliveries) console.log(describeDelivery(delivery))
				if (page.nextPageToken === '') return
				left -= page.deliveries.length
				pageToken = page.nextPageToken
			}
			console.error(`mercat: there are more deliveries; --limit lists more than ${limit}`)
		},
		async redeliver(id: string, delivery: string): Promise<void> {
			console.log(describeDelivery(await client.redeliver(id, delivery)))
		},
	}
}
