import { signToken, type TokenRequest } from '@mercat/service/tokens'
import type { SigningKey } from './signing-key.ts'

const commandToken: TokenRequest = { subject: 'mercat-cli', scope: 'catalog:write', lifetimeMs: 3_600_000 }

/** Gives the token that a command shows the catalog, a fresh one each time. */
export function commandTokens(key: SigningKey): () => string {
	return () => signToken(key, commandToken)
}
