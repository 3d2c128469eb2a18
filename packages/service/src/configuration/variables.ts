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

/** An error whose one message names every wrong variable and contains no value. */
export class ConfigError extends Error {
	override name = 'ConfigError'
	readonly problems: readonly string[]

	constructor(problems: string[]) {
		super(`configuration error: ${problems.join('; ')}`)
		this.problems = problems
	}
}

/** Any text. Call the validator with the default of its variable, or without an argument for a required variable. */
export const text = makeExactValidator<string>((value) => value)

/** A text with this form. `description` completes the message "NAME must be …". */
export const textLike = (form: RegExp, description: string) =>
	makeExactValidator<string>((value) => {
		if (!form.test(value)) throw new EnvError(`must be ${description}`)
		return value
	})

/** One of these texts. */
export const oneOf = (values: readonly string[]) =>
	makeExactValidator<string>((value) => {
		if (!values.includes(value)) throw new EnvError(`must be one of ${values.join(', ')}`)
		return value
	})

/** A whole number. White space around it is ignored, such as the end of a line from Windows. */
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

/** The validator of each variable. */
type Specs = Record<string, ValidatorSpec<unknown>>

/** The values of the variables. */
export type Variables<S extends Specs> = Omit<CleanedEnv<S>, keyof CleanedEnvAccessors>

/**
 * Reads and converts variables. An unset or empty variable gets its default. If `X_FILE` is set, `X` is read from the
 * file that it names.
 *
 * @param check returns the problems between variables that are valid by themselves. Invalid variables are missing from
 * its argument
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
			problems.push(`${name}_FILE must name a file that can be read`)
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
