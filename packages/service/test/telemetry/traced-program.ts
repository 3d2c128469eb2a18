// A service without anything but spans: one at its start, and one during its drain.
import { checkServiceVariables, serviceConfig, serviceVariables } from '../../src/configuration/config.ts'
import { readVariables } from '../../src/configuration/variables.ts'
import { createLog } from '../../src/logging/log.ts'
import { readConfigOrExit, runService } from '../../src/process/run.ts'
import { startSpan } from '../../src/telemetry/tracing.ts'

const config = readConfigOrExit(
	(env) => serviceConfig(readVariables(serviceVariables, env, checkServiceVariables)),
	process.env,
)
const log = createLog('program', config.logLevel)
await runService(
	async () => {
		await using opened = new AsyncDisposableStack()
		if (config.tracing !== undefined) {
			const { openTracing } = await import('../../src/telemetry/open-tracing.ts')
			opened.use(openTracing('program', config.tracing, { log }, config))
		}
		opened.defer(() => startSpan('drain').span.end())
		startSpan('start').span.end()
		const resources = opened.move()
		return {
			address: { host: config.host, port: 0 },
			announceShutdown() {},
			close: () => resources.disposeAsync(),
		}
	},
	{ log, ...config },
)
