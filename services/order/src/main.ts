import { createLog } from '@mercat/service/log'
import { readConfigOrExit, runService } from '@mercat/service/run'
import { readOrderConfig } from './config.ts'
import { startOrder } from './server.ts'

const config = readConfigOrExit(readOrderConfig, process.env)
const log = createLog('order', config.logLevel)
await runService(() => startOrder(config, log), { log, ...config })
