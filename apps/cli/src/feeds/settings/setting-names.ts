/** A message about a file, with the settings of a feed in place of the options of `mercat import`. */
export function withSettingNames(message: string): string {
	return message
		.replaceAll('--map FIELD=COLUMN,… reads', 'the setting map reads')
		.replaceAll(/--(encoding|currency)\b/g, 'the setting $1')
}
