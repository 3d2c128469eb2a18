import type { SecretBox } from '../secret-box.ts'
import type { Webhook } from './webhook.ts'

export type SigningSecretsNeeds = {
	secretBox: Pick<SecretBox, 'unseal'>
	/** WEBHOOK_SECRET, which signs for the webhooks of WEBHOOK_URLS. */
	environmentSecret?: string
}

/**
 * The secrets that sign for a webhook at `now`, the newest first.
 *
 * @throws UnsealError when SECRETS_KEY lacks the key of one
 */
export function signingSecrets(
	{ id, origin, secrets }: Pick<Webhook, 'id' | 'origin' | 'secrets'>,
	{ secretBox, environmentSecret }: SigningSecretsNeeds,
	now: Date,
): string[] {
	if (origin === 'environment') return environmentSecret === undefined ? [] : [environmentSecret]
	return secrets
		.filter(({ signsUntil }) => signsUntil === undefined || new Date(signsUntil) > now)
		.map(({ sealed }) => secretBox.unseal(sealed, id))
}
