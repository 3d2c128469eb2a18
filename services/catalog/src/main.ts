import { migrateIfAsked } from '@mercat/database/migrate-if-asked'
import { createLog } from '@mercat/service/log'
import { readConfigOrExit, runService } from '@mercat/service/run'
import { isPrimary, runWorkers } from '@mercat/service/workers'
import { readCatalogConfig } from './config.ts'
import { migrationsFolder, startCatalog } from './server.ts'

await migrateIfAsked(process, { service: 'catalog', migrationsFolder })
const config = readConfigOrExit(readCatalogConfig, process.env)
const log = createLog('catalog', config.logLevel)
if (isPrimary(config.workers)) await runWorkers({ log, ...config })
else await runService(() => startCatalog(config, log), { log, ...config })
