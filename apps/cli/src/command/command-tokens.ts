import { signToken } from '@mercat/service/tokens'
import type { SigningKey } from './signing-key.ts'

/** Returns a function that signs a new token for each connection of a command to a service. */
export function commandTokens(key: SigningKey, scope: 'catalog:write' | 'webhooks:manage'): () => string {
	return () => signToken(key, { subject: 'mercat-cli', scope, lifetimeMs: 3_600_000 })
}
