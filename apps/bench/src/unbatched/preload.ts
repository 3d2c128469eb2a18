// A module for `node --import` that replaces the batcher of the services with single-batcher.ts.
import { registerHooks } from 'node:module'

const replaced = '@mercat/service/batcher'
const replacement = import.meta.resolve('./single-batcher.ts')

registerHooks({
	resolve(specifier, context, nextResolve) {
		const isReplaced = specifier === replaced && context.parentURL !== replacement
		return nextResolve(isReplaced ? replacement : specifier, context)
	},
})
