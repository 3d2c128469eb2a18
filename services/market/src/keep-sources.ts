import { openPipeline, type PipelineNeeds } from './open-pipeline.ts'
import type { SourceSettings } from './settings/source-settings.ts'
import { keepSource } from './sources/keep-source.ts'
import { showFollowed } from './sources/source-instruments.ts'
import { createSourceStore } from './sources/source-store.ts'

/** Follows each of the sources while this process has it, until the result is disposed of. */
export async function keepSources(needs: PipelineNeeds, sources: readonly SourceSettings[]): Promise<AsyncDisposable> {
	const { database, log } = needs
	const store = createSourceStore(database)
	await store.addSources(sources.map(({ name }) => name))
	using shown = new DisposableStack()
	const kept = sources.map((settings) => {
		const source = keepSource(
			{
				...store,
				follow: (claimed, lost, signal) => openPipeline(needs, settings, claimed, lost, signal),
				log,
			},
			settings.name,
		)
		shown.use(showFollowed(settings.name, source.isFollowed))
		return source
	})
	const shownUntilClosed = shown.move()
	return {
		async [Symbol.asyncDispose]() {
			await Promise.all(kept.map((source) => source[Symbol.asyncDispose]()))
			shownUntilClosed.dispose()
		},
	}
}
