/** How many times as long tests of chaos are: CHAOS_TIMES, or once. */
export const chaosTimes = Number(process.env['CHAOS_TIMES'] ?? 1)
