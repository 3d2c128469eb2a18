import { setLogger } from '@grpc/grpc-js'

// grpc-js writes this line and then reports the same as an error with more facts.
const isAboutListening = (message: unknown) => String(message).startsWith('No address added out of total')

/** Leaves out the one line of grpc-js that repeats an error. Its other lines go to stderr, as usual. */
export function quietLibraryLog(): void {
	setLogger({
		error(message: unknown, ...rest: unknown[]) {
			if (!isAboutListening(message)) console.error(`E ${message}`, ...rest)
		},
		info: (message: unknown, ...rest: unknown[]) => console.error(`I ${message}`, ...rest),
		debug: (message: unknown, ...rest: unknown[]) => console.error(`D ${message}`, ...rest),
	})
}
