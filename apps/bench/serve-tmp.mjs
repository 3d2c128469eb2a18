import { writeFileSync } from 'node:fs'
import { readCheckout } from './src/checkouts/read-checkout.ts'
import { startBenchPostgres } from './src/running/bench-postgres.ts'
import { startProcess } from './src/running/bench-process.ts'

const pg = await startBenchPostgres()
const db = await pg.createDatabase()
const own = await readCheckout('mercat', import.meta.filename)
const extra = (process.env.CATALOG_FLAGS ?? '').split(' ').filter(Boolean)
const catalog = await startProcess({
	role: 'catalog',
	entryPoint: own.services.catalog,
	env: { PORT: '0', JWT_SECRET: 'x'.repeat(40), LOG_LEVEL: 'warn', DATABASE_URL: db.url },
	execArgv: [...own.nodeFlags, ...extra],
})
writeFileSync(
	'/tmp/imp24/serve.json',
	JSON.stringify({ address: catalog.address, url: db.url, pid: catalog.pid, flags: own.nodeFlags }),
)
console.log('ready')
process.on('SIGTERM', async () => {
	await catalog[Symbol.asyncDispose]()
	await db[Symbol.asyncDispose]()
	await pg[Symbol.asyncDispose]()
	process.exit()
})
setInterval(() => {}, 1000)
