import { migrateIfAsked } from '@mercat/database/migrate-if-asked'
import { createLog } from '@mercat/service/log'
import { readConfigOrExit, runService } from '@mercat/service/run'
import { isPrimary, runWorkers } from '@mercat/service/workers'
import { readOrderConfig } from './config.ts'
import { migrationsFolder, startOrder } from './server.ts'

await migrateIfAsked(process, { service: 'order', migrationsFolder })
const config = readConfigOrExit(readOrderConfig, process.env)
const log = createLog('order', config.logLevel)
if (isPrimary(config.workers)) await runWorkers({ log, ...config })
else await runService(() => startOrder(config, log), { log, ...config })
