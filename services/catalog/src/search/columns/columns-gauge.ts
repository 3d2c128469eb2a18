import { Gauge } from '@mercat/service/metrics'

let read: (() => number) | undefined

const gauge = new Gauge({
	name: 'mercat_search_columns_bytes',
	help: 'Memory of the columns that searches filter and order by',
	collect: show,
})

/** Shows the memory of the columns until the result is disposed of. In a process with several catalogs the last one shows its own. */
export function showColumnsBytes(bytes: () => number): Disposable {
	read = bytes
	return {
		[Symbol.dispose]() {
			if (read === bytes) read = undefined
		},
	}
}

function show(): void {
	gauge.set(read?.() ?? 0)
}
