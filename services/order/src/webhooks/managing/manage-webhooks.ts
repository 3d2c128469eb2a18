import { isUuid } from '@mercat/catalog-api/identifiers'
import type { Replay, WebhookChange, WebhookList, WebhookView } from '@mercat/order-api/webhook-schemas'
import { Problem } from '@mercat/rest-api/problem'
import type { Budget } from '@mercat/service/budget'
import { parsePosition, resolveStart } from '../../events/position.ts'
import { newWebhookSecret } from '../webhook-signature.ts'
import { checkTarget, type MakeWebhookNeeds, makeWebhook } from './make-webhook.ts'
import { toWebhookView, toWebhookViewWith, type Webhook } from './webhook.ts'
import type { WebhookProgress } from './webhook-progress.ts'

export type ManageWebhooksNeeds = MakeWebhookNeeds & {
	/** Every webhook, the newest first. */
	listWebhooks(budget: Budget): Promise<Webhook[]>
	findWebhook(id: string, budget: Budget): Promise<Webhook | undefined>
	/** The progress of each webhook by its id. */
	findProgress(ids: string[], budget: Budget): Promise<Map<string, WebhookProgress>>
	/** Members that are absent stay as they are. Undefined when there is no such webhook. */
	changeWebhook(id: string, change: WebhookChange, budget: Budget): Promise<Webhook | undefined>
	/**
	 * Makes a webhook whose URL has left the environment one of the API. Undefined when there is no such webhook, or when its
	 * URL is in the environment.
	 */
	takeOverWebhook(id: string, sealed: string, change: WebhookChange, budget: Budget): Promise<Webhook | undefined>
	/** Puts a sealed secret before the others. Undefined when the API has made no such webhook. */
	rotateSecret(id: string, sealed: string, budget: Budget): Promise<Webhook | undefined>
	/** Moves the position back, and never forward. Undefined when there is no such webhook. */
	replayFrom(id: string, position: number, budget: Budget): Promise<Webhook | undefined>
	/** Whether there was such a webhook, whose URL is not in the environment. Its deliveries are deleted later, because they can be many. */
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

	function newSecretOf(id: string) {
		if (needs.secretBox === undefined) throw new Problem('WEBHOOKS_NOT_CONFIGURED')
		const secret = newWebhookSecret()
		return { secret, sealed: needs.secretBox.seal(secret, id) }
	}

	async function takeOver(id: string, change: WebhookChange, budget: Budget): Promise<WebhookView> {
		const { secret, sealed } = newSecretOf(id)
		const webhook = await needs.takeOverWebhook(id, sealed, change, budget)
		if (webhook === undefined) throw ofEnvironment(await find(id, budget))
		needs.wakeDispatcher()
		return toWebhookView(webhook, secret)
	}

	return {
		create: makeWebhook(needs),

		async list(budget: Budget): Promise<WebhookList> {
			const webhooks = await needs.listWebhooks(budget)
			const progress = await needs.findProgress(
				webhooks.map(({ id }) => id),
				budget,
			)
			return { webhooks: webhooks.map((webhook) => toWebhookViewWith(webhook, progress.get(webhook.id))) }
		},

		async read(id: string, budget: Budget): Promise<WebhookView> {
			const webhook = await find(id, budget)
			const progress = await needs.findProgress([webhook.id], budget)
			return toWebhookViewWith(webhook, progress.get(webhook.id))
		},

		/**
		 * A webhook whose URL has left WEBHOOK_URLS and that is given a URL becomes one of the API, with a secret that is shown
		 * now.
		 *
		 * @throws Problem WEBHOOK_OF_ENVIRONMENT for another URL or other types of a webhook of WEBHOOK_URLS; INVALID_REQUEST or
		 * WEBHOOK_TARGET_REFUSED for the URL; WEBHOOKS_NOT_CONFIGURED
		 */
		async change(id: string, change: WebhookChange, budget: Budget): Promise<WebhookView> {
			const found = await find(id, budget)
			const takesOver = found.endedAt !== null && change.url !== undefined
			const isDecidedHere = change.url !== undefined || change.types !== undefined
			if (isDecidedHere && found.origin === 'environment' && !takesOver) throw ofEnvironment(found)
			if (change.url !== undefined) checkTarget(change.url, needs)
			if (takesOver) return takeOver(id, change, budget)
			const webhook = there(await needs.changeWebhook(id, change, budget))
			needs.wakeDispatcher()
			return toWebhookView(webhook)
		},

		/** @throws Problem WEBHOOK_OF_ENVIRONMENT */
		async delete(id: string, budget: Budget): Promise<void> {
			const found = await find(id, budget)
			if (found.origin === 'environment' && found.endedAt === null) throw ofEnvironment(found)
			if (!(await needs.deleteWebhook(id, budget))) throw new Problem('WEBHOOK_NOT_FOUND')
		},

		/**
		 * Gives a webhook a new secret. The old one signs for a day more.
		 *
		 * @throws Problem WEBHOOKS_NOT_CONFIGURED; WEBHOOK_OF_ENVIRONMENT
		 */
		async rotateSecret(id: string, budget: Budget): Promise<WebhookView> {
			const found = await find(id, budget)
			if (found.origin === 'environment') throw ofEnvironment(found)
			const { secret, sealed } = newSecretOf(id)
			return toWebhookView(there(await needs.rotateSecret(id, sealed, budget)), secret)
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

const ended =
	'The URL of this webhook has left `WEBHOOK_URLS`; nothing was changed. The webhook can be deleted, or be given a URL, with which it goes on.'

function ofEnvironment({ endedAt }: Webhook): Problem {
	return new Problem('WEBHOOK_OF_ENVIRONMENT', {}, endedAt === null ? {} : { detail: ended })
}

function there(webhook: Webhook | undefined): Webhook {
	if (webhook === undefined) throw new Problem('WEBHOOK_NOT_FOUND')
	return webhook
}
