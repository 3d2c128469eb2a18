import { ConfigError } from '@mercat/service/variables'
import { CommanderError } from 'commander'
import { CommandError } from './command/command-error.ts'
import { withEnvFile } from './env-file/env-file.ts'
import { visibleText } from './output/visible-text.ts'
import { createProgram } from './program.ts'

const usageError = 2
// What a shell tells of a program that SIGPIPE has ended.
const readerGone = 141

// Who reads only the first lines, such as `head`, wants no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	if (error.code !== 'EPIPE') throw error
	process.exit(readerGone)
})

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
