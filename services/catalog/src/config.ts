import { checkServiceVariables, type ServiceConfig, serviceConfig, serviceVariables } from '@mercat/service/config'
import { checkServerTls } from '@mercat/service/grpc-tls'
import { checkReplica, type ReplicaConfig, replicaConfig, replicaVariables } from '@mercat/service/replica-config'
import { integer, port, readVariables, type Variables } from '@mercat/service/variables'

export type CatalogConfig = ServiceConfig &
	ReplicaConfig & {
		port: number
		/** How long changes of products are kept for streams that come back. */
		productChangesRetentionMs: number
	}

const hourMs = 3_600_000

const specs = {
	...serviceVariables,
	...replicaVariables,
	PORT: port({ default: 50_051 }),
	PRODUCT_CHANGES_RETENTION_HOURS: integer(1, 8_760)({ default: 24 }),
}

/** The names of the variables that the service reads. */
export const catalogVariables = Object.keys(specs)

/** @throws ConfigError */
export function readCatalogConfig(env: NodeJS.ProcessEnv): CatalogConfig {
	const variables = readVariables(specs, env, check)
	return {
		...serviceConfig(variables),
		...replicaConfig(variables),
		port: variables.PORT,
		productChangesRetentionMs: variables.PRODUCT_CHANGES_RETENTION_HOURS * hourMs,
	}
}

function check(variables: Partial<Variables<typeof specs>>): string[] {
	return [...checkServiceVariables(variables), ...checkReplica(variables), ...checkServerTls(variables)]
}
