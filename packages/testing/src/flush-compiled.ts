// Tests preload this file into services that they kill. Node writes its cache of compiled code only at a clean end, so
// this writes it when the service tells its parent process that it listens.
import { flushCompileCache } from 'node:module'

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown

const send = process.send as AnyFunction | undefined
if (send !== undefined) {
	process.send = function (this: unknown, ...args: unknown[]) {
		const isSent = send.apply(this, args)
		if (Object.hasOwn(args[0] as object, 'listening')) flushCompileCache()
		return isSent
	} as typeof process.send
}
