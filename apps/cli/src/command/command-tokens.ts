import { signToken, type TokenRequest } from '@mercat/service/tokens'
import type { SigningKey } from './signing-key.ts'

const commandToken: TokenRequest = { subject: 'mercat-cli', scope: 'catalog:write', lifetimeMs: 3_600_000 }

/** Returns a function that signs a new token for each of the command's connections to the catalog. */
export function commandTokens(key: SigningKey): () => string {
	return () => signToken(key, commandToken)
}
