import type { Logger } from '@mercat/service/log'
import { createLookUpHost } from '@mercat/service/look-up-host'
import { createResolveHost } from '@mercat/service/resolve-host'
import { addressRefusal } from '@mercat/service/target-address'
import { type FollowSourceOptions, followSource, type Source } from './ingest/follow-source.ts'
import type { FollowedSource } from './ingest/followed-source.ts'
import { createSourceClient } from './ingest/source-client.ts'

/** @param position the last message whose effects are stored; undefined before the first one */
export type Follow = (source: FollowedSource & { allowPrivate: boolean }, position: number | undefined) => Source

/** Prepares to follow sources. Those that may have private addresses are looked up as the system does it. */
export function openSources(log: Logger, options: Omit<FollowSourceOptions, 'position'> = {}): Follow {
	const connectToPublic = createSourceClient({ resolve: createResolveHost(), addressRefusal })
	const connectToAny = createSourceClient({ resolve: createLookUpHost(), addressRefusal: () => undefined })
	return (source, position) => {
		const connect = source.allowPrivate ? connectToAny : connectToPublic
		return followSource({ connect, log }, source, { ...options, position })
	}
}
