/** Reads the settings that `startProcess` gave to this process. Their type is not checked. */
export function peerSettings<Settings>(): Settings {
	return JSON.parse(process.argv[2] ?? '{}') as Settings
}
