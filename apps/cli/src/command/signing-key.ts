import { developmentSecret } from '@mercat/service/config'
import { readVariables, text } from '@mercat/service/variables'

export type SigningKey = { secret: string; issuer: string; audience: string }

const specs = {
	JWT_SECRET: text({ default: developmentSecret }),
	JWT_ISSUER: text({ default: 'mercat' }),
	JWT_AUDIENCE: text({ default: 'mercat' }),
}

/**
 * What tokens are signed with: `JWT_SECRET`, or else the development secret.
 *
 * @throws ConfigError
 */
export function readSigningKey(env: NodeJS.ProcessEnv): SigningKey {
	const variables = readVariables(specs, env)
	return { secret: variables.JWT_SECRET, issuer: variables.JWT_ISSUER, audience: variables.JWT_AUDIENCE }
}
