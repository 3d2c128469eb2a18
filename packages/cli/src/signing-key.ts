import { developmentSecret, readVariables } from '@mercat/service/config'
import { signToken, type TokenRequest } from '@mercat/service/tokens'
import { Type } from '@sinclair/typebox'

export type SigningKey = { secret: string; issuer: string; audience: string }

const Variables = Type.Object({
	JWT_SECRET: Type.String({ default: developmentSecret }),
	JWT_ISSUER: Type.String({ default: 'mercat' }),
	JWT_AUDIENCE: Type.String({ default: 'mercat' }),
})

/**
 * What tokens are signed with: `JWT_SECRET`, or else the development secret.
 *
 * @throws ConfigError
 */
export function readSigningKey(env: NodeJS.ProcessEnv): SigningKey {
	const variables = readVariables(Variables, env)
	return { secret: variables.JWT_SECRET, issuer: variables.JWT_ISSUER, audience: variables.JWT_AUDIENCE }
}

const commandToken: TokenRequest = { subject: 'mercat-cli', scope: 'catalog:write', lifetimeMs: 3_600_000 }

/** Gives the token that a command shows the catalog, a fresh one each time. */
export function commandTokens(key: SigningKey): () => string {
	return () => signToken(key, commandToken)
}
