import { posix } from 'node:path'
import type { Violation } from './check-imports.ts'
import type { Workspace } from './workspace.ts'

type FolderGraph = Map<string, Map<string, string>>

/** The circles between folders. A folder holds the files directly in it, so it and the folder above it are two. */
export function checkCircles(workspace: Workspace, isSource: (path: string) => boolean): Violation[] {
	const graph = folderGraph(workspace, isSource)
	return circles(graph).map((folders) => ({
		rule: 'folders have no circle',
		path: folders[0] ?? '',
		sentence: `${folders.join(', ')} form a circle. Folders import each other in one direction only:\n${arrowsWithin(folders, graph)}`,
	}))
}

function folderGraph({ arrows }: Workspace, isSource: (path: string) => boolean): FolderGraph {
	const graph: FolderGraph = new Map()
	for (const { from, target, kind } of arrows) {
		if (kind === 'resolved' || !isSource(from) || !isSource(target)) continue
		const [folder, other] = [posix.dirname(from), posix.dirname(target)]
		if (folder === other) continue
		const reasons = graph.get(folder) ?? new Map<string, string>()
		graph.set(folder, reasons)
		const reason = `${posix.basename(from)} → ${posix.basename(target)}`
		const known = reasons.get(other)
		reasons.set(other, known === undefined ? reason : `${known}, ${reason}`)
	}
	return graph
}

// Two folders are of one circle when each leads to the other.
function circles(graph: FolderGraph): string[][] {
	const reached = new Map([...graph.keys()].map((folder) => [folder, reachableFrom(folder, graph)]))
	const found: string[][] = []
	for (const folder of [...graph.keys()].sort()) {
		if (found.flat().includes(folder)) continue
		const circle = [...(reached.get(folder) ?? [])].filter((other) => reached.get(other)?.has(folder)).sort()
		if (circle.length > 1) found.push(circle)
	}
	return found
}

function reachableFrom(start: string, graph: FolderGraph): Set<string> {
	const reached = new Set<string>()
	const waiting = [start]
	for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
		for (const next of graph.get(folder)?.keys() ?? []) {
			if (reached.has(next)) continue
			reached.add(next)
			waiting.push(next)
		}
	}
	return reached
}

function arrowsWithin(folders: string[], graph: FolderGraph): string {
	const lines = folders.flatMap((folder) =>
		[...(graph.get(folder) ?? [])]
			.filter(([other]) => folders.includes(other))
			.map(([other, reasons]) => `    ${folder} → ${other} (${reasons})`),
	)
	return lines.join('\n')
}
