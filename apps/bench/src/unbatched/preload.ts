// For `node --import`: the services get their batcher from single-batcher.ts.
import { registerHooks } from 'node:module'

const replaced = '@mercat/service/batcher'
const replacement = import.meta.resolve('./single-batcher.ts')

registerHooks({
	resolve(specifier, context, nextResolve) {
		const isReplaced = specifier === replaced && context.parentURL !== replacement
		return nextResolve(isReplaced ? replacement : specifier, context)
	},
})
