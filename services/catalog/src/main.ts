import { createLog } from '@mercat/service/log'
import { readConfigOrExit, runService } from '@mercat/service/run'
import { isPrimary, runWorkers } from '@mercat/service/workers'
import { readCatalogConfig } from './config.ts'
import { startCatalog } from './server.ts'

const config = readConfigOrExit(readCatalogConfig, process.env)
const log = createLog('catalog', config.logLevel)
if (isPrimary(config.workers)) await runWorkers({ log, ...config })
else await runService(() => startCatalog(config, log), { log, ...config })
