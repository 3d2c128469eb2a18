/** The rules that protect the invariants. A test takes one away to see which invariant breaks. */
const guards = [
	'the position is stored with its block',
	'a block has the number after the last one',
	'only the owner stores blocks',
	'only the owner stores rounds',
	'a round is stored before it is sent',
	'a round is stored only while its process knows the one before',
	'a round that is stored already is known by its prices',
	'a round has the blocks of the moment at which it was taken',
	'a round has only blocks that the database has',
	'the next round waits for the answers to the one before',
	'a process begins with the stored round',
	'a process reads the blocks that are in no round',
	'sequences begin with the time',
	'the catalog refuses older sequences',
] as const
export type ApplyingGuard = (typeof guards)[number]

/** Whether a guard is there. */
export type Has = (guard: ApplyingGuard) => boolean
