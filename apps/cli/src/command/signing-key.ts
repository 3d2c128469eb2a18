import { checkSecret, developmentSecret } from '@mercat/service/config'
import { readVariables, text } from '@mercat/service/variables'

export type SigningKey = { secret: string; issuer: string; audience: string }

const specs = {
	JWT_SECRET: text({ default: developmentSecret }),
	JWT_ISSUER: text({ default: 'mercat' }),
	JWT_AUDIENCE: text({ default: 'mercat' }),
}

/**
 * Reads the key that signs tokens: `JWT_SECRET`, or the development secret when it is not set.
 *
 * @throws ConfigError
 */
export function readSigningKey(env: NodeJS.ProcessEnv): SigningKey {
	const variables = readVariables(specs, env, ({ JWT_SECRET: secret }) => checkSecret(secret))
	return { secret: variables.JWT_SECRET, issuer: variables.JWT_ISSUER, audience: variables.JWT_AUDIENCE }
}
