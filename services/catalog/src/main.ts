import { createLog } from '@mercat/service/log'
import { readConfigOrExit, runService } from '@mercat/service/run'
import { readCatalogConfig } from './config.ts'
import { startCatalog } from './server.ts'

const config = readConfigOrExit(readCatalogConfig, process.env)
const log = createLog('catalog', config.logLevel)
await runService(() => startCatalog(config, log), { log, ...config })
