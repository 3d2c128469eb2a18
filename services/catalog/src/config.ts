import { checkServiceVariables, type ServiceConfig, serviceConfig, serviceVariables } from '@mercat/service/config'
import { checkServerTls } from '@mercat/service/grpc-tls'
import { port, readVariables, type Variables } from '@mercat/service/variables'

export type CatalogConfig = ServiceConfig & { port: number }

const specs = { ...serviceVariables, PORT: port({ default: 50_051 }) }

/** The names of the variables that the service reads. */
export const catalogVariables = Object.keys(specs)

/** @throws ConfigError */
export function readCatalogConfig(env: NodeJS.ProcessEnv): CatalogConfig {
	const variables = readVariables(specs, env, check)
	return { ...serviceConfig(variables), port: variables.PORT }
}

function check(variables: Partial<Variables<typeof specs>>): string[] {
	return [...checkServiceVariables(variables), ...checkServerTls(variables)]
}
