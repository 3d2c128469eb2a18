import { Time } from '@mercat/rest-api/texts'
import { type Static, Type } from '@sinclair/typebox'

export const SourceSchema = Type.Object(
	{
		name: Type.String(),
		configured: Type.Boolean({ description: 'Whether the settings of the service have it' }),
		followed: Type.Boolean({ description: 'Whether a process follows it' }),
		stale: Type.Boolean({
			description: 'Whether nothing has come for longer than its settings allow. Its prices may be others by now',
		}),
		seq: Type.Union([Type.Integer(), Type.Null()], {
			description: 'All messages up to this one are stored; null before the first one',
		}),
		block: Type.Integer({ description: 'The number of its latest block of ticks' }),
		appliedSequence: Type.Integer({
			description: 'The latest `sequence` under which its prices went to the catalog, or are on their way',
		}),
		lastTickAt: Type.Union([Time(''), Type.Null()], {
			description: 'When its last message was stored, by the clock of the database; null before the first one',
		}),
	},
	{ $id: 'Source', description: 'A source of live prices' },
)

export const SourceListSchema = Type.Object(
	{ sources: Type.Array(Type.Ref(SourceSchema)) },
	{ $id: 'SourceList', description: 'The sources that were ever followed, by name' },
)

export type SourceView = Static<typeof SourceSchema>
export type SourceList = Static<typeof SourceListSchema>
