import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ServiceName } from './open-existing-database.ts'

/** The number of the last migration that this version of a service has. */
export function newestMigrationOf(service: ServiceName): number {
	const folder = fileURLToPath(new URL('../migrations/', import.meta.resolve(`@mercat/${service}/main`)))
	return Math.max(...readdirSync(folder).map((name) => Number.parseInt(name, 10)))
}
