import { randomUUID } from 'node:crypto'
import { everyType } from '@mercat/order-api/event-types'
import type { NewWebhook, WebhookView } from '@mercat/order-api/webhook-schemas'
import { Problem } from '@mercat/rest-api/problem'
import type { Budget } from '@mercat/service/budget'
import type { SecretBox } from '../secret-box.ts'
import { targetUrlRefusal } from '../target-url.ts'
import { newWebhookSecret } from '../webhook-signature.ts'
import { type NewWebhookRow, toWebhookView, type Webhook } from './webhook.ts'

export type MakeWebhookNeeds = {
	/** Adds a webhook that begins at the end of the log. Undefined when the API has made `most` already. */
	insertWebhook(webhook: NewWebhookRow, most: number, budget: Budget): Promise<Webhook | undefined>
	/** Undefined when the service has no key to encrypt secrets with. */
	secretBox: Pick<SecretBox, 'seal'> | undefined
	/** Whether a webhook may lead to a private address. */
	allowPrivateWebhooks: boolean
}

const mostWebhooks = 100

/**
 * Makes a webhook. Its secret is shown in this answer only.
 *
 * @throws Problem WEBHOOKS_NOT_CONFIGURED, INVALID_REQUEST or WEBHOOK_TARGET_REFUSED for the URL, TOO_MANY_WEBHOOKS
 */
export function makeWebhook(needs: MakeWebhookNeeds) {
	return async (asked: NewWebhook, budget: Budget): Promise<WebhookView> => {
		const { secretBox, insertWebhook } = needs
		const { url, types = [everyType], description = '' } = asked
		if (secretBox === undefined) throw new Problem('WEBHOOKS_NOT_CONFIGURED')
		checkTarget(url, needs)
		const id = randomUUID()
		const secret = newWebhookSecret()
		const sealed = secretBox.seal(secret, id)
		const webhook = await insertWebhook({ id, url, types, description, sealed }, mostWebhooks, budget)
		if (webhook === undefined) throw new Problem('TOO_MANY_WEBHOOKS')
		return toWebhookView(webhook, secret)
	}
}

/** @throws Problem INVALID_REQUEST for a malformed URL, WEBHOOK_TARGET_REFUSED for a private address */
export function checkTarget(
	url: string,
	{ allowPrivateWebhooks }: Pick<MakeWebhookNeeds, 'allowPrivateWebhooks'>,
): void {
	const fault = targetUrlRefusal(url, { mayBePrivate: true })
	if (fault !== undefined) {
		throw new Problem('INVALID_REQUEST', { errors: [{ pointer: '#/url', code: 'url', detail: fault }] })
	}
	const refusal = targetUrlRefusal(url, { mayBePrivate: allowPrivateWebhooks })
	if (refusal !== undefined) throw new Problem('WEBHOOK_TARGET_REFUSED', {}, { detail: `The URL ${refusal}.` })
}
