import { expect, test } from 'vitest'
import { createLog } from '../../src/logging/log.ts'
import { createDiagLogger } from '../../src/telemetry/diag-logger.ts'

test('a remark of the SDK is logged once, whatever numbers it has, and once more after the collector was away', () => {
	const lines: { level: string; telemetry: string }[] = []
	const diag = createDiagLogger(createLog('test', 'info', { write: (line) => void lines.push(JSON.parse(line)) }))
	diag.warn('Dropped 3 spans because maxQueueSize reached')
	diag.warn('Dropped 17 spans because maxQueueSize reached')
	diag.error('exporter', new Error('no answer'))
	diag.error('exporter', new Error('no answer'))
	diag.info('Export succeeded')
	expect(lines.map(({ level, telemetry }) => [level, telemetry])).toEqual([
		['warn', 'Dropped 3 spans because maxQueueSize reached'],
		['warn', 'exporter Error: no answer'],
	])
	diag.writeAnew()
	diag.warn('Dropped 5 spans because maxQueueSize reached')
	expect(lines.at(-1)).toMatchObject({ telemetry: 'Dropped 5 spans because maxQueueSize reached' })
})
