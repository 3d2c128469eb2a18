import { isUuid } from '@mercat/catalog-api/identifiers'
import { Problem } from '@mercat/order-api/problem'
import type { Replay, WebhookChange, WebhookList, WebhookView } from '@mercat/order-api/webhook-schemas'
import type { Budget } from '@mercat/service/budget'
import { parsePosition, resolveStart } from '../../events/position.ts'
import { newWebhookSecret } from '../webhook-signature.ts'
import { checkTarget, type MakeWebhookNeeds, makeWebhook } from './make-webhook.ts'
import { toWebhookView, type Webhook } from './webhook.ts'

export type ManageWebhooksNeeds = MakeWebhookNeeds & {
	/** Every webhook, the newest first. */
	listWebhooks(budget: Budget): Promise<Webhook[]>
	findWebhook(id: string, budget: Budget): Promise<Webhook | undefined>
	/** Members that are absent stay as they are. Undefined when there is no such webhook. */
	changeWebhook(id: string, change: WebhookChange, budget: Budget): Promise<Webhook | undefined>
	/** Puts a sealed secret before the others. Undefined when the API has made no such webhook. */
	rotateSecret(id: string, sealed: string, budget: Budget): Promise<Webhook | undefined>
	/** Moves the position back, and never forward. Undefined when there is no such webhook. */
	replayFrom(id: string, position: number, budget: Budget): Promise<Webhook | undefined>
	/** Whether there was such a webhook, made by the API. Its deliveries are deleted later, because they can be many. */
	deleteWebhook(id: string, budget: Budget): Promise<boolean>
	/** The first position of the log that is left, and the last one. */
	logEnds(budget: Budget): Promise<{ first: number; last: number }>
	/** Looks for deliveries now. */
	wakeDispatcher(): void
}

/** What people can do with webhooks. An id that no webhook has is WEBHOOK_NOT_FOUND. */
export function manageWebhooks(needs: ManageWebhooksNeeds) {
	async function find(id: string, budget: Budget): Promise<Webhook> {
		return there(isUuid(id) ? await needs.findWebhook(id, budget) : undefined)
	}

	async function findOwn(id: string, budget: Budget): Promise<void> {
		const { origin } = await find(id, budget)
		if (origin === 'environment') throw new Problem('WEBHOOK_OF_ENVIRONMENT')
	}

	return {
		create: makeWebhook(needs),

		async list(budget: Budget): Promise<WebhookList> {
			const webhooks = await needs.listWebhooks(budget)
			return { webhooks: webhooks.map((webhook) => toWebhookView(webhook)) }
		},

		read: async (id: string, budget: Budget): Promise<WebhookView> => toWebhookView(await find(id, budget)),

		/**
		 * @throws Problem WEBHOOK_OF_ENVIRONMENT for another URL or other types of a webhook of WEBHOOK_URLS; INVALID_REQUEST or
		 * WEBHOOK_TARGET_REFUSED for the URL
		 */
		async change(id: string, change: WebhookChange, budget: Budget): Promise<WebhookView> {
			const isDecidedHere = change.url !== undefined || change.types !== undefined
			await (isDecidedHere ? findOwn(id, budget) : find(id, budget))
			if (change.url !== undefined) checkTarget(change.url, needs)
			const webhook = there(await needs.changeWebhook(id, change, budget))
			needs.wakeDispatcher()
			return toWebhookView(webhook)
		},

		/** @throws Problem WEBHOOK_OF_ENVIRONMENT */
		async delete(id: string, budget: Budget): Promise<void> {
			await findOwn(id, budget)
			if (!(await needs.deleteWebhook(id, budget))) throw new Problem('WEBHOOK_NOT_FOUND')
		},

		/**
		 * Gives a webhook a new secret. The old one signs for a day more.
		 *
		 * @throws Problem WEBHOOKS_NOT_CONFIGURED; WEBHOOK_OF_ENVIRONMENT
		 */
		async rotateSecret(id: string, budget: Budget): Promise<WebhookView> {
			await findOwn(id, budget)
			if (needs.secretBox === undefined) throw new Problem('WEBHOOKS_NOT_CONFIGURED')
			const secret = newWebhookSecret()
			return toWebhookView(there(await needs.rotateSecret(id, needs.secretBox.seal(secret, id), budget)), secret)
		},

		/**
		 * Delivers the events after a position again.
		 *
		 * @throws Problem INVALID_REQUEST for a position beyond the end; POSITION_EXPIRED when events after it are deleted
		 */
		async replay(id: string, { after }: Replay, budget: Budget): Promise<WebhookView> {
			const place = { pointer: '#/after' }
			await find(id, budget)
			const start = { after: parsePosition(after, place), place }
			const position = resolveStart(start, await needs.logEnds(budget))
			const webhook = there(await needs.replayFrom(id, position, budget))
			needs.wakeDispatcher()
			return toWebhookView(webhook)
		},
	}
}

function there(webhook: Webhook | undefined): Webhook {
	if (webhook === undefined) throw new Problem('WEBHOOK_NOT_FOUND')
	return webhook
}
