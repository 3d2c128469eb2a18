import { readFileSync } from 'node:fs'
import {
	type CleanedEnv,
	type CleanedEnvAccessors,
	customCleanEnv,
	EnvError,
	EnvMissingError,
	makeExactValidator,
	type ValidatorSpec,
} from 'envalid'

/** One message that names every wrong variable and shows no value. */
export class ConfigError extends Error {
	override name = 'ConfigError'

	constructor(problems: string[]) {
		super(`configuration error: ${problems.join('; ')}`)
	}
}

/** A validator is called with what its variable is without a value: nothing where one is required. */
export const text = makeExactValidator<string>((value) => value)

/** A text with this form, of which `description` completes "NAME must be …". */
export const textLike = (form: RegExp, description: string) =>
	makeExactValidator<string>((value) => {
		if (!form.test(value)) throw new EnvError(`must be ${description}`)
		return value
	})

export const oneOf = (values: readonly string[]) =>
	makeExactValidator<string>((value) => {
		if (!values.includes(value)) throw new EnvError(`must be one of ${values.join(', ')}`)
		return value
	})

/** White space around a number, such as the end of a line from Windows, is none of it. */
export const integer = (smallest: number, largest = Number.MAX_SAFE_INTEGER) =>
	makeExactValidator<number>((value) => {
		const number = /^\s*-?\d+\s*$/.test(value) ? Number(value) : Number.NaN
		if (!(number >= smallest && number <= largest)) {
			throw new EnvError(`must be a whole number from ${smallest} to ${largest}`)
		}
		return number
	})

export const port = integer(0, 65_535)

export const flag = makeExactValidator<boolean>((value) => {
	if (value !== 'true' && value !== 'false') throw new EnvError('must be true or false')
	return value === 'true'
})

/** How each variable is read, by its name. */
type Specs = Record<string, ValidatorSpec<unknown>>

/** The variables as they are read. */
export type Variables<S extends Specs> = Omit<CleanedEnv<S>, keyof CleanedEnvAccessors>

/**
 * Reads variables from `env`: defaults filled in, numbers and flags converted, an empty value taken as none, and a
 * variable `X` from the file that `X_FILE` names.
 *
 * @param check further problems, of variables that do not fit each other; those that are wrong by themselves are left out
 * @throws ConfigError
 */
export function readVariables<S extends Specs>(
	specs: S,
	env: NodeJS.ProcessEnv,
	check: (variables: Partial<Variables<S>>) => string[] = () => [],
): Variables<S> {
	const given: Record<string, string> = {}
	const problems: string[] = []
	for (const name of Object.keys(specs)) {
		const file = env[`${name}_FILE`]
		try {
			const value = file ? readFileSync(file, 'utf8').trimEnd() : env[name]
			if (value) given[name] = value
		} catch {
			problems.push(`${name}_FILE cannot be read`)
		}
	}
	const variables = customCleanEnv(given, specs, (cleaned) => cleaned, {
		reporter({ errors }) {
			for (const [name, error] of Object.entries<Error | undefined>(errors)) {
				problems.push(`${name} ${error instanceof EnvMissingError ? 'is required' : error?.message}`)
			}
		},
	}) as Variables<S>
	problems.push(...check(variables))
	if (problems.length > 0) throw new ConfigError(problems)
	return variables
}
