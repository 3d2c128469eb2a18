import { ConfigError } from '@mercat/service/variables'
import { CommanderError } from 'commander'
import { CommandError } from './command/command-error.ts'
import { withEnvFile } from './command/env-file.ts'
import { visibleText } from './output/visible-text.ts'
import { createProgram } from './program.ts'

const usageError = 2

try {
	await createProgram(withEnvFile(process.env, process.cwd())).parseAsync()
} catch (error) {
	if (error instanceof CommanderError) {
		process.exitCode = error.exitCode === 0 ? 0 : usageError
	} else if (error instanceof CommandError) {
		// The message may quote a file, or an answer of another machine.
		console.error(`mercat: ${visibleText(error.message)}`)
		process.exitCode = error.exitCode
	} else if (error instanceof ConfigError) {
		console.error(`mercat: ${error.message}`)
		process.exitCode = 1
	} else {
		const { describeFailure } = await import('./command/describe-failure.ts')
		const description = describeFailure(error)
		if (description === undefined) throw error
		console.error(`mercat: ${description}`)
		process.exitCode = 1
	}
}
