// Preloaded into a service by tests: the process kills itself at the step that FAULT_POINT names, such as
// `before insert-order`, `after ReserveStock` or `before answer 201`. Statements go by their names.
import { ServerResponse } from 'node:http'
import { Client as GrpcClient } from '@grpc/grpc-js'
import pg from 'pg'

const [moment, step] = (process.env['FAULT_POINT'] ?? '').split(/ (.*)/)

function reach(now: 'before' | 'after', name: string): void {
	if (now !== moment || name !== step) return
	process.kill(process.pid, 'SIGKILL')
	// The signal takes a moment to arrive; nothing may happen in it.
	for (;;);
}

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown

const query = pg.Client.prototype.query as AnyFunction
pg.Client.prototype.query = function (this: unknown, ...args: unknown[]) {
	const [config] = args as [string | { name?: string; text?: string }]
	const name = typeof config === 'string' ? config : (config.name ?? config.text ?? '')
	reach('before', name)
	const result = query.apply(this, args)
	if (!(result instanceof Promise)) return result
	return result.then((value) => {
		reach('after', name)
		return value
	})
} as typeof pg.Client.prototype.query

const makeUnaryRequest = GrpcClient.prototype.makeUnaryRequest as AnyFunction
GrpcClient.prototype.makeUnaryRequest = function (this: unknown, ...args: unknown[]) {
	const name = String(args[0]).split('/').at(-1) ?? ''
	reach('before', name)
	const callback = args.pop() as AnyFunction
	return makeUnaryRequest.apply(this, [
		...args,
		(...answer: unknown[]) => {
			if (answer[0] === null) reach('after', name)
			callback(...answer)
		},
	])
} as typeof GrpcClient.prototype.makeUnaryRequest

const end = ServerResponse.prototype.end as AnyFunction
ServerResponse.prototype.end = function (this: ServerResponse, ...args: unknown[]) {
	reach('before', `answer ${this.statusCode}`)
	return end.apply(this, args)
} as typeof ServerResponse.prototype.end
