import type { Logger } from '@mercat/service/log'
import { type SecretBox, UnsealError } from '../secret-box.ts'
import type { Webhook } from './webhook.ts'

export type SigningSecretsNeeds = {
	secretBox: Pick<SecretBox, 'unseal'>
	/** WEBHOOK_SECRET, which signs for the webhooks of WEBHOOK_URLS. */
	environmentSecret?: string
	log: Logger
}

/** The secrets that sign for a webhook at a time, the newest first. @throws UnsealError when the newest cannot be read */
export type SigningSecrets = (webhook: Pick<Webhook, 'id' | 'origin' | 'secrets'>, now: Date) => string[]

/** A replaced secret that cannot be read does not sign. The log tells this once for each webhook. */
export function createSigningSecrets({ secretBox, environmentSecret, log }: SigningSecretsNeeds): SigningSecrets {
	const told = new Set<string>()

	return ({ id, origin, secrets }, now) => {
		if (origin === 'environment') return environmentSecret === undefined ? [] : [environmentSecret]
		const signing = secrets.filter(({ signsUntil }) => signsUntil === undefined || new Date(signsUntil) > now)
		return signing.flatMap(({ sealed }, index) => {
			try {
				return [secretBox.unseal(sealed, id)]
			} catch (error) {
				if (index === 0 || !(error instanceof UnsealError)) throw error
				if (!told.has(id)) log.warn({ webhook: id, err: error }, 'a replaced secret of a webhook cannot sign')
				told.add(id)
				return []
			}
		})
	}
}
