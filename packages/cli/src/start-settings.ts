import { resolve } from 'node:path'
import { portVariable, readVariables } from '@mercat/service/config'
import { Type } from '@sinclair/typebox'
import { CommandError } from './command-error.ts'
import { readSigningKey, type SigningKey } from './signing-key.ts'

export type StartSettings = {
	dataDir: string
	catalogPort: number
	orderPort: number
	logLevel: string
	signingKey: SigningKey
}

const Variables = Type.Object({
	DATA_DIR: Type.String({ default: '.mercat' }),
	CATALOG_PORT: portVariable(50_051),
	ORDER_PORT: portVariable(8080),
	LOG_LEVEL: Type.String({ default: 'warn' }),
	JWT_JWKS_URL: Type.Optional(Type.String()),
})

/** @throws ConfigError, or CommandError when tokens are not signed with a secret */
export function readStartSettings(env: NodeJS.ProcessEnv): StartSettings {
	const variables = readVariables(Variables, env)
	if (variables.JWT_JWKS_URL !== undefined) {
		throw new CommandError('start signs tokens with JWT_SECRET; with JWT_JWKS_URL, start each service by itself')
	}
	return {
		dataDir: resolve(variables.DATA_DIR),
		catalogPort: variables.CATALOG_PORT,
		orderPort: variables.ORDER_PORT,
		logLevel: variables.LOG_LEVEL,
		signingKey: readSigningKey(env),
	}
}
