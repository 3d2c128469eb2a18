import { ConfigError } from '@mercat/service/variables'
import { CommanderError } from 'commander'
import { CommandError } from './command/command-error.ts'
import { createProgram } from './program.ts'

const usageError = 2

try {
	await createProgram(process.env).parseAsync()
} catch (error) {
	if (error instanceof CommanderError) {
		process.exitCode = error.exitCode === 0 ? 0 : usageError
	} else if (error instanceof CommandError || error instanceof ConfigError) {
		console.error(`mercat: ${error.message}`)
		process.exitCode = error instanceof CommandError ? error.exitCode : 1
	} else {
		throw error
	}
}
