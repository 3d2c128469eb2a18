/** What the process was told when it was started; the caller knows of what type. */
export function peerSettings<Settings>(): Settings {
	return JSON.parse(process.argv[2] ?? '{}') as Settings
}
