import { textLike, type Variables } from './variables.ts'

/** The environment variables of services that read from a replica of their database. */
export const replicaVariables = {
	DATABASE_REPLICA_URL: textLike(/^postgres(ql)?:\/\/./, 'a postgres: URL')({ default: undefined }),
}

export type ReplicaConfig = {
	/** Missing when the primary answers all reads. */
	databaseReplicaUrl?: string
}

type ReplicaVariables = Variables<typeof replicaVariables>

export function replicaConfig({ DATABASE_REPLICA_URL }: ReplicaVariables): ReplicaConfig {
	return { databaseReplicaUrl: DATABASE_REPLICA_URL }
}

/** Returns a message for each problem. */
export function checkReplica({
	DATABASE_REPLICA_URL: replicaUrl,
	DATABASE_URL: databaseUrl,
}: Partial<ReplicaVariables> & { DATABASE_URL?: string }): string[] {
	if (replicaUrl === undefined || databaseUrl?.startsWith('pglite:') !== true) return []
	return ['DATABASE_REPLICA_URL needs a postgres: DATABASE_URL, because an embedded database has no replica']
}
