import { constants, getPriority, setPriority } from 'node:os'
import { migrateIfAsked } from '@mercat/database/migrate-if-asked'
import { createLog } from '@mercat/service/log'
import { readConfigOrExit, runService } from '@mercat/service/run'
import { isPrimary, runWorkers } from '@mercat/service/workers'
import { readMarketConfig } from './config.ts'
import { migrationsFolder, startMarket } from './server.ts'

// On a machine that both share, orders come first: then prices meet in larger rounds, and cost less.
// A process that has a lower priority already keeps it: only root may raise it again.
const niceness = constants.priority.PRIORITY_BELOW_NORMAL
if (getPriority() < niceness) setPriority(niceness)

await migrateIfAsked(process, { service: 'market', migrationsFolder })
const config = readConfigOrExit(readMarketConfig, process.env)
const log = createLog('market', config.logLevel)
if (isPrimary(config.workers)) await runWorkers({ log, ...config })
else await runService(() => startMarket(config, log), { log, ...config })
