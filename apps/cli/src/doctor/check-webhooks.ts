import { CommandError } from '../command/command-error.ts'
import { describeTrouble, findTrouble } from '../webhooks/webhook-trouble.ts'
import { createWebhooksClient } from '../webhooks/webhooks-client.ts'
import { type Finding, fine, wrong } from './finding.ts'

const subject = 'webhooks'

/** Whether the receivers of the webhooks take their events. */
export async function checkWebhooks(url: string, token: string): Promise<Finding> {
	const client = createWebhooksClient({ url, token })
	try {
		const { webhooks } = await client.list()
		const failing: string[] = []
		for (const webhook of webhooks) {
			const trouble = await findTrouble(client, webhook)
			if (trouble !== undefined) failing.push(`${webhook.id} to ${webhook.url} ${describeTrouble(trouble)}`)
		}
		if (failing.length === 0)
			return fine(subject, webhooks.length === 0 ? 'there are none' : `none of the ${webhooks.length} fails`)
		return wrong(
			subject,
			`${failing.join('; ')}: mend the receiver, or correct the URL with \`mercat webhooks change\`; \`mercat webhooks test\` tries it`,
		)
	} catch (error) {
		if (!(error instanceof CommandError)) throw error
		return fine(subject, `they were not looked at: ${error.message}`)
	}
}
