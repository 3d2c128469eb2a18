import { type Command, Option } from 'commander'
import type { SimulateOptions } from './simulate-command.ts'
import { toClockOffsetMs, toCount, toPort, toShare, toSwitch, toTimeMs } from './simulate-values.ts'

/** Adds `mercat market` and its command to the program. */
export function addMarket(program: Command): void {
	const simulate = program
		.command('market')
		.description('try out live prices')
		.command('simulate')
		.description('be an exchange that sends moving prices over WebSocket, until Ctrl-C')

	for (const option of options()) simulate.addOption(option)
	simulate.addHelpText('after', help).action(async (given: SimulateOptions) => {
		const { runSimulate } = await import('./simulate-command.ts')
		await runSimulate(given)
	})
}

function options(): Option[] {
	return [
		new Option('--port <n>', 'the port, or 0 for any free one').argParser(toPort).default(8095),
		new Option('--host <address>', 'the address to listen on').default('127.0.0.1'),
		new Option('--products <file>', 'whose prices move: a file for `mercat import` (default: the demo catalog)'),
		new Option('--skus <n>', 'so many products SIM-00001, …; --write-products makes a file for `mercat import`')
			.argParser(toCount(10_000))
			.conflicts('products'),
		new Option('--write-products <file>', 'write the products of --skus as NDJSON'),
		new Option('--rate <n>', 'ticks a second').argParser(toCount(200_000)).default(50),
		new Option('--burst <n>', 'in 5 s of each half minute, so many times the rate').argParser(toCount(100)),
		percentOption('--jumps', 'ticks with ten times the price, or a tenth', '0.1'),
		percentOption('--gaps', 'messages that are left out', '0.1'),
		percentOption('--reorder', 'messages that come late', '1'),
		percentOption('--duplicates', 'messages that come twice', '1'),
		percentOption('--garbage', 'as many things that are no messages and no ticks', '1'),
		new Option('--cuts [n]', 'cut all connections so often a minute').argParser(toCount(6_000)).preset('2'),
		new Option('--switch-currency <currency@time>', 'send another currency after this time, such as USD@30s').argParser(
			toSwitch,
		),
		new Option('--stuck-after <time>', 'after this time, send the same ticks again and again').argParser(toTimeMs),
		new Option('--clock <offset>', 'a clock that is wrong, such as +1h or -10m').argParser(toClockOffsetMs).default(0),
		new Option('--keep <n>', 'how many messages are kept for ?after=SEQ').argParser(toCount(1_000_000)).default(10_000),
		new Option('--seed <n>', 'another number gives other prices').argParser(toCount(2 ** 31)).default(1),
		new Option('--record <file>', 'write what is published, and each snapshot, as NDJSON'),
		new Option('--for <time>', 'for how long, such as 30s or 1m (default: until Ctrl-C)').argParser(toTimeMs),
	]
}

function percentOption(name: string, what: string, usual: string): Option {
	const text = `percent: ${what} (without a number: ${usual})`
	return new Option(`${name} [percent]`, text).argParser(toShare).preset(usual).default(0)
}

const help = `
A subscriber gets all prices first, and then what changes. One that adds ?after=SEQ to the URL gets what follows that
message, or all prices if so much is no longer kept. Use this command to try out the market service, never for a real shop.`
