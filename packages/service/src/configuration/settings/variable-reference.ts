import { ConfigError, readVariables, text } from '../variables.ts'

/** A value that the settings take from the environment: `{ "env": "VARIABLE" }`. */
export type VariableReference = { env: string }

export function isVariableReference(value: unknown): value is VariableReference {
	if (typeof value !== 'object' || value === null || Object.keys(value).join() !== 'env') return false
	const { env } = value as { env: unknown }
	return typeof env === 'string' && /^[A-Za-z_]\w*$/.test(env)
}

/** The environment that has the variables; undefined while only the form of the settings is checked. */
export type VariableSource = NodeJS.ProcessEnv | undefined

/** The value of the variable, or of the file that `VARIABLE_FILE` names; else why there is none. No text has the value. */
export function readVariable(
	{ env: name }: VariableReference,
	env: NodeJS.ProcessEnv,
): { value: string } | { fault: string } {
	try {
		const { [name]: value } = readVariables({ [name]: text({ default: undefined }) }, env)
		return value === undefined
			? { fault: `needs the variable ${name}, which is not set` }
			: { value: String(value).trim() }
	} catch (error) {
		if (!(error instanceof ConfigError)) throw error
		return { fault: `cannot be read: ${error.problems.join('; ')}` }
	}
}
