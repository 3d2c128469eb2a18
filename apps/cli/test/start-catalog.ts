import { readCatalogConfig } from '@mercat/catalog/config'
import { migrationsFolder, startCatalog } from '@mercat/catalog/server'
import { createCatalogClients } from '@mercat/catalog-api/client'
import { createMigratedDatabase } from '@mercat/database/testing/migrated-database'
import { createLog } from '@mercat/service/log'

export const jwtSecret = 'the secret of the catalog under test'

export type TestCatalog = Awaited<ReturnType<typeof startTestCatalog>>

/** Starts a real catalog on a free port, with its own database. */
export async function startTestCatalog(variables: { [name: string]: string } = {}) {
	await using opened = new AsyncDisposableStack()
	const file = opened.use(await createMigratedDatabase('pglite', migrationsFolder))
	const config = readCatalogConfig({
		PORT: '0',
		JWT_SECRET: jwtSecret,
		DATABASE_URL: file.url,
		LOG_LEVEL: 'silent',
		...variables,
	})
	const service = await startCatalog(config, createLog('catalog', 'silent'))
	opened.defer(() => service.close())
	const { port } = service.address
	const clients = opened.adopt(createCatalogClients(`127.0.0.1:${port}`), ({ close }) => close())
	const resources = opened.move()
	return { port, clients, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}
