// Tests preload this file into a service. At the armed step, such as `before insert-orders`, `after ReserveStock` or
// `before answer 201`, the process kills or stops itself. A statement has its own name, and a commit the name of the last
// statement of its transaction, as in `before commit of write-holds`. FAULT_POINT arms a step from the start, and a
// message of the test arms one at any time.
import { ServerResponse } from 'node:http'
import { Client as GrpcClient } from '@grpc/grpc-js'
import pg from 'pg'

export type FaultKind = 'kill' | 'pause'

/** A message from the test to the process. */
export type ArmMessage = { arm: { point: string; kind: FaultKind } }
/** A message from the process to the test. */
export type FaultMessage = { armed: string } | { reached: string }

let armed = process.env['FAULT_POINT']
let kind: FaultKind = 'kill'

if (process.send !== undefined) {
	process.on('message', ({ arm }: Partial<ArmMessage>) => {
		if (arm === undefined) return
		armed = arm.point
		kind = arm.kind
		process.send?.({ armed } satisfies FaultMessage)
	})
}

function reach(point: string): void {
	if (point !== armed) return
	armed = undefined
	process.send?.({ reached: point } satisfies FaultMessage)
	process.kill(process.pid, kind === 'kill' ? 'SIGKILL' : 'SIGSTOP')
	// The signal takes a moment to arrive, in which nothing may happen.
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, kind === 'kill' ? Infinity : 200)
}

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown

// Statements that look for work at intervals. To find none is no step.
const looksForWork = new Set([
	'assign-positions',
	'claim-messages',
	'claim-webhooks',
	'lock-overdue-orders',
	'lock-run-out-holds',
])
const foundWork = ({ rows }: pg.QueryResult) => rows.length > 0 && rows[0].events !== 0
const lastStatements = new WeakMap<object, string>()

const query = pg.Client.prototype.query as AnyFunction
pg.Client.prototype.query = function (this: object, ...args: unknown[]) {
	const [config] = args as [string | { name?: string; text?: string }]
	const statement = typeof config === 'string' ? config : (config.name ?? config.text ?? '')
	const name = statement === 'commit' ? `commit of ${lastStatements.get(this)}` : statement
	lastStatements.set(this, statement)
	reach(`before ${name}`)
	const result = query.apply(this, args)
	if (!(result instanceof Promise)) return result
	return result.then((value: pg.QueryResult) => {
		if (!looksForWork.has(name) || foundWork(value)) reach(`after ${name}`)
		return value
	})
} as typeof pg.Client.prototype.query

const makeUnaryRequest = GrpcClient.prototype.makeUnaryRequest as AnyFunction
GrpcClient.prototype.makeUnaryRequest = function (this: unknown, ...args: unknown[]) {
	const name = String(args[0]).split('/').at(-1) ?? ''
	reach(`before ${name}`)
	const callback = args.pop() as AnyFunction
	return makeUnaryRequest.apply(this, [
		...args,
		(...answer: unknown[]) => {
			if (answer[0] === null) reach(`after ${name}`)
			callback(...answer)
		},
	])
} as typeof GrpcClient.prototype.makeUnaryRequest

const end = ServerResponse.prototype.end as AnyFunction
ServerResponse.prototype.end = function (this: ServerResponse, ...args: unknown[]) {
	reach(`before answer ${this.statusCode}`)
	return end.apply(this, args)
} as typeof ServerResponse.prototype.end
