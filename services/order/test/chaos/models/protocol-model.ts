// The order protocol as a state machine small enough to try everything: two copies of one request, payment, cancellation,
// expiry, shipping, the relay, the sweeper, and another buyer of the last piece, on one clock that counts in steps.
// Messages are late, lost, sent again; any process may stop at any point, and does not come back.

import { type Exploration, exploreStates } from './explore-states.ts'

/** What keeps the protocol right; each can be taken away to see what it is there for. */
const guards = [
	'no insert after notAfter',
	'a hold as long as the window and the budget',
	'asking again moves the end of the hold',
	'released is final',
	'only the outbox releases',
	'one order per id',
	'the fingerprint',
	'no payment after expiresAt',
	'shipping waits for the commit',
	'transitions only from what was read',
	'the command is written with the transition',
	'the relay settles after the answer',
	'the lock on a reservation',
	'the lock on the shelf',
	'a swept hold looks at the shelf again',
	'other lines only once the hold has run out',
	'a call ends with its deadline',
	'what is asked for as new changes nothing that is there',
] as const
export type Guard = (typeof guards)[number] | typeof spareGuard
/** Without it nothing here breaks, because released is final. It is there for those who read events. */
export const spareGuard = 'commands in the order of the transitions'

const budget = 2
const window = 2
// The code's hold is longer, for clocks that do not agree; no less than this will do.
const longHold = window + budget
const lastTick = 7

type Status = 'none' | 'placed' | 'paid' | 'shipped' | 'cancelled' | 'expired'
type Action = 'pay' | 'ship' | 'cancel' | 'expire'
type Command = 'commit' | 'release'
/** A copy's calls for a reservation: for one that may be there, or for a new one. */
type Call = 'reserve0' | 'reserve1' | 'create0' | 'create1'
/** On its way: a call to the catalog, or an answer to the relay. */
type Message = Call | Command | 'sold' | 'unsold' | 'freed'
/** One copy of the request in one process: what it does next, or how it ended. */
type Copy = {
	at: 'look up' | 'ask' | 'wait' | 'ask as new' | 'wait as new' | 'insert' | '201' | 'refused' | 'stopped'
	readAt: number
	body: string
}

type State = {
	now: number
	copies: readonly Copy[]
	messages: readonly Message[]
	status: Status
	body: string
	expiresAt: number
	outbox: readonly Command[]
	acknowledged: boolean
	/** A transition that was read and not yet written, where the write does not check. */
	halfDone: Action | ''
	reservation: 'none' | 'held' | 'committed' | 'released' | 'expired'
	/** The body of who asked for the reservation. */
	lines: string
	holdEnd: number
	onHand: number
	held: number
	sweeping: boolean
	other: 'nothing' | 'saw a piece' | 'holds' | 'bought'
	/** What happened that never should, whatever comes after. */
	fault:
		| ''
		| 'two orders for one key'
		| 'paid without a hold'
		| 'released before there was an order'
		| 'a commit without a reservation'
		| 'a transition that there is not'
}

type Step = [name: string, change: Partial<State>]
type Has = (guard: Guard) => boolean

const transitions: Record<Action, { from: Status[]; to: Status; command?: Command }> = {
	pay: { from: ['placed'], to: 'paid', command: 'commit' },
	ship: { from: ['paid'], to: 'shipped' },
	cancel: { from: ['placed', 'paid'], to: 'cancelled', command: 'release' },
	expire: { from: ['placed'], to: 'expired', command: 'release' },
}

const invariants: Record<string, (state: State) => boolean> = {
	'nothing is oversold': ({ onHand, held }) => held >= 0 && onHand >= held,
	'held is what is held by someone': ({ held, reservation, other }) =>
		held === Number(reservation === 'held') + Number(other === 'holds'),
	'an order that may be paid has its hold': ({ status, now, expiresAt, reservation }) =>
		status !== 'placed' || now >= expiresAt || reservation === 'held',
	'what is held or sold for an order is what was ordered': ({ status, reservation, lines, body }) =>
		!['placed', 'paid', 'shipped'].includes(status) || !['held', 'committed'].includes(reservation) || lines === body,
	'a paid order is sold, once the outbox is empty': ({ status, outbox, reservation }) =>
		status !== 'paid' || outbox.length > 0 || reservation === 'committed',
	'a shipped order is sold': ({ status, reservation }) => status !== 'shipped' || reservation === 'committed',
	'an ended order holds nothing, once the outbox is empty': ({ status, outbox, reservation }) =>
		!['cancelled', 'expired'].includes(status) || outbox.length > 0 || reservation === 'released',
	'nothing is sold without an order': ({ status, reservation }) => status !== 'none' || reservation !== 'committed',
	'who is answered 201 has ordered that': ({ copies, body }) =>
		copies.every((copy) => copy.at !== '201' || copy.body === body),
	'one order per key': ({ fault }) => fault !== 'two orders for one key',
	'who pays has a hold': ({ fault }) => fault !== 'paid without a hold',
	'nothing is released before there is an order': ({ fault }) => fault !== 'released before there was an order',
	'nothing is committed that was never held': ({ fault }) => fault !== 'a commit without a reservation',
	'orders keep to their states': ({ fault }) => fault !== 'a transition that there is not',
}

function* steps(s: State, has: Has): Generator<Step> {
	for (const [name, change] of allSteps(s, has)) yield [name, withoutLateCalls({ ...s, ...change }, has)]
}

// What nobody acts on any more is forgotten, so that states which differ in nothing else are one: a call whose deadline
// has passed, and when a copy began that has neither a call under way nor anything left to write.
function withoutLateCalls(s: State, has: Has): State {
	const isLate = (i: number) => has('a call ends with its deadline') && s.now >= (s.copies[i]?.readAt ?? 0) + budget
	const messages = s.messages.filter((message) => !isCall(message) || !isLate(copyOf(message)))
	const copies = s.copies.map((copy, i) => {
		const isUnderWay = !atRest.has(copy.at) || messages.some((message) => isCall(message) && copyOf(message) === i)
		return isUnderWay || copy.readAt === 0 ? copy : { ...copy, readAt: 0 }
	})
	return { ...s, messages, copies }
}

const atRest = new Set<Copy['at']>(['look up', '201', 'refused', 'stopped'])
const isCall = (message: Message): message is Call => message.startsWith('reserve') || message.startsWith('create')
const copyOf = (call: Call): number => (call.endsWith('0') ? 0 : 1)

function* allSteps(s: State, has: Has): Generator<Step> {
	if (s.now < lastTick) yield ['time passes', { now: s.now + 1 }]
	yield* placingSteps(s, has)
	yield* messageSteps(s, has)
	yield* transitionSteps(s, has)
	yield* deliverySteps(s, has)

	const swept: Partial<State> = { reservation: 'expired', held: s.held - 1, holdEnd: 0, sweeping: false }
	if (s.reservation === 'held' && s.now >= s.holdEnd) {
		if (has('the lock on a reservation')) yield ['the sweeper sweeps', swept]
		else if (!s.sweeping) yield ['the sweeper reads', { sweeping: true }]
	}
	if (s.sweeping) yield ['the sweeper writes', swept]

	if (s.other === 'nothing' && s.onHand - s.held >= 1) {
		if (has('the lock on the shelf')) yield ['another buyer holds', { other: 'holds', held: s.held + 1 }]
		else yield ['another buyer sees a piece', { other: 'saw a piece' }]
	}
	if (s.other === 'saw a piece') yield ['another buyer holds', { other: 'holds', held: s.held + 1 }]
	if (s.other === 'holds') yield ['another buyer buys', { other: 'bought', held: s.held - 1, onHand: s.onHand - 1 }]
}

function* deliverySteps(s: State, has: Has): Generator<Step> {
	for (const command of has(spareGuard) ? s.outbox.slice(0, 1) : s.outbox) {
		if (s.messages.includes(command)) continue
		const outbox = has('the relay settles after the answer') ? s.outbox : without(s, command)
		yield [`the relay sends ${command}`, { outbox, messages: sent(s, command) }]
	}
}

function* placingSteps(s: State, has: Has): Generator<Step> {
	for (const [i, copy] of s.copies.entries()) {
		const now = (at: Copy['at'], readAt = copy.readAt) => ({ copies: s.copies.with(i, { ...copy, at, readAt }) })
		const giveUp = (): Partial<State> =>
			has('only the outbox releases') ? now('stopped') : { ...now('stopped'), messages: sent(s, 'release') }
		const [reserve, create]: Call[] = i === 0 ? ['reserve0', 'create0'] : ['reserve1', 'create1']
		switch (copy.at) {
			case 'look up':
				yield [`copy ${i} looks up the order`, s.status === 'none' ? now('ask', s.now) : now(replay(s, copy, has))]
				yield [`copy ${i} takes the order for new`, now('ask as new', s.now)]
				break
			case 'ask':
				yield [`copy ${i} asks for a reservation`, { ...now('wait'), messages: sent(s, reserve as Call) }]
				break
			case 'ask as new':
				yield [`copy ${i} asks for a new reservation`, { ...now('wait as new'), messages: sent(s, create as Call) }]
				break
			case 'wait':
			case 'wait as new': {
				const call = copy.at === 'wait' ? reserve : create
				yield [`copy ${i} stops waiting`, giveUp()]
				if (!s.messages.includes(call as Call)) yield [`copy ${i} asks again`, { messages: sent(s, call as Call) }]
				if (copy.at === 'wait as new' && s.status !== 'none')
					yield [`copy ${i} waits long and finds the order`, now(replay(s, copy, has))]
				break
			}
			case 'insert':
				if (s.status !== 'none' && has('one order per id')) yield [`copy ${i} is second`, now(replay(s, copy, has))]
				else if (s.status !== 'none') yield [`copy ${i} inserts`, { fault: 'two orders for one key' }]
				else if (has('no insert after notAfter') && s.now >= copy.readAt + budget) {
					yield [`copy ${i} is too late`, giveUp()]
					yield [`copy ${i} is too late by that clock, and begins again`, now('look up')]
				} else
					yield [
						`copy ${i} inserts the order`,
						{ ...now('201'), status: 'placed', body: copy.body, expiresAt: s.now + window },
					]
		}
		if (!['201', 'refused', 'stopped'].includes(copy.at)) yield [`copy ${i} is killed`, now('stopped')]
	}
}

function replay(s: State, copy: Copy, has: Has): Copy['at'] {
	return has('the fingerprint') && copy.body !== s.body ? 'refused' : '201'
}

/** A message arrives, in any order; it or its answer may be lost. */
function* messageSteps(s: State, has: Has): Generator<Step> {
	for (const message of s.messages) {
		const messages = s.messages.filter((other) => other !== message)
		yield [`${message} is lost`, { messages }]
		if (message === 'commit' || message === 'release') {
			const [answer, change] = message === 'commit' ? commit(s, has) : release(s)
			yield [`${message} arrives`, { ...change, messages: sent({ messages }, answer) }]
		} else if (isCall(message)) {
			const i = copyOf(message)
			const copy = s.copies[i] as Copy
			const isNew = message.startsWith('create')
			const [answer, change] = reserve(s, copy.body, isNew, has)
			yield [`${message} arrives, its answer is lost`, { ...change, messages }]
			if (copy.at !== (isNew ? 'wait as new' : 'wait')) continue
			const went = (at: Copy['at']) => ({ ...change, messages, copies: s.copies.with(i, { ...copy, at }) })
			if (answer === 'held') yield [`${message} is answered`, went('insert')]
			else if (answer === 'outOfStock' || answer === 'mismatch') yield [`${message} is refused`, went('refused')]
			else if (answer === 'exists') yield [`${message} finds a reservation`, went('look up')]
			else if (s.status === 'none') yield [`${message} is refused`, { fault: 'released before there was an order' }]
			else yield [`${message} finds its order ended`, went(replay(s, copy, has))]
		} else {
			yield [`the relay hears ${message}`, { messages, ...heard(s, message) }]
		}
	}
}

function reserve(
	s: State,
	lines: string,
	isNew: boolean,
	has: Has,
): ['held' | 'exists' | 'mismatch' | 'released' | 'outOfStock', Partial<State>] {
	const holdEnd = s.now + (has('a hold as long as the window and the budget') ? longHold : window)
	const changesNothing = isNew && has('what is asked for as new changes nothing that is there')
	if (s.reservation !== 'none' && changesNothing) return ['exists', {}]
	const isThere = s.reservation === 'held' || s.reservation === 'committed'
	if (isThere && s.lines !== lines && has('other lines only once the hold has run out')) return ['mismatch', {}]
	if (s.reservation === 'held') return ['held', has('asking again moves the end of the hold') ? { holdEnd } : {}]
	if (s.reservation === 'committed') return ['held', {}]
	if (s.reservation === 'released' && has('released is final')) return ['released', {}]
	if (s.onHand - s.held < 1) return ['outOfStock', {}]
	return ['held', { reservation: 'held', lines, holdEnd, held: s.held + 1 }]
}

function commit(s: State, has: Has): ['sold' | 'unsold', Partial<State>] {
	const sale: Partial<State> = { reservation: 'committed', holdEnd: 0, onHand: s.onHand - 1 }
	if (s.reservation === 'held') return ['sold', { ...sale, held: s.held - 1 }]
	if (s.reservation === 'committed') return ['sold', {}]
	if (s.reservation === 'none') return ['unsold', { fault: 'a commit without a reservation' }]
	const isThere = s.onHand - s.held >= 1 || !has('a swept hold looks at the shelf again')
	return s.reservation === 'expired' && isThere ? ['sold', sale] : ['unsold', {}]
}

function release(s: State): ['freed', Partial<State>] {
	const freed: Partial<State> = { reservation: 'released', holdEnd: 0 }
	if (s.reservation === 'held') freed.held = s.held - 1
	if (s.reservation === 'committed') freed.onHand = s.onHand + 1
	return ['freed', freed]
}

function heard(s: State, answer: Message): Partial<State> {
	const settled = without(s, answer === 'freed' ? 'release' : 'commit')
	if (answer === 'sold') return { outbox: settled, acknowledged: s.status === 'paid' }
	if (answer === 'unsold' && s.status === 'paid') return { outbox: [...settled, 'release'], status: 'cancelled' }
	return { outbox: settled }
}

function* transitionSteps(s: State, has: Has): Generator<Step> {
	for (const action of ['pay', 'ship', 'cancel', 'expire'] as const) {
		if (!transitions[action].from.includes(s.status)) continue
		if (action === 'pay' && s.now >= s.expiresAt && has('no payment after expiresAt')) continue
		if (action === 'expire' && s.now < s.expiresAt) continue
		if (action === 'ship' && !s.acknowledged && has('shipping waits for the commit')) continue
		if (action === 'pay' && s.reservation !== 'held') yield ['pay', { fault: 'paid without a hold' }]
		else yield [action, written(s, action)]
		if (!has('the command is written with the transition'))
			yield [`${action}, and the process is killed`, { ...written(s, action), outbox: s.outbox }]
		if (!has('transitions only from what was read') && s.halfDone === '')
			yield [`someone reads the order, to ${action}`, { halfDone: action }]
	}
	if (s.halfDone === '') return
	if (transitions[s.halfDone].from.includes(s.status)) yield [s.halfDone, { ...written(s, s.halfDone), halfDone: '' }]
	else yield [s.halfDone, { fault: 'a transition that there is not' }]
}

function written(s: State, action: Action): Partial<State> {
	const { to, command } = transitions[action]
	return { status: to, expiresAt: 0, outbox: command === undefined ? s.outbox : [...s.outbox, command] }
}

function without({ outbox }: State, settled: Command): readonly Command[] {
	return outbox.filter((command) => command !== settled)
}

// One of a kind is enough under way: more of them change nothing that one could not.
function sent({ messages }: Pick<State, 'messages'>, message: Message): readonly Message[] {
	return messages.includes(message) ? messages : [...messages, message].sort()
}

/** Everything that can happen with all guards, or without one of them. */
export function exploreProtocol(without?: Guard): Exploration {
	const has: Has = (guard) => guard !== without
	return exploreStates({
		initial: [
			['both copies ask for the same', initial('the same')],
			['the copies ask for different things', initial('another')],
		],
		steps: (state) => steps(state, has),
		invariants,
	})
}

function initial(otherBody: string): State {
	return {
		now: 0,
		copies: ['the same', otherBody].map((body) => ({ at: 'look up', readAt: 0, body })),
		messages: [],
		status: 'none',
		body: '',
		expiresAt: 0,
		outbox: [],
		acknowledged: false,
		halfDone: '',
		reservation: 'none',
		lines: '',
		holdEnd: 0,
		onHand: 1,
		held: 0,
		sweeping: false,
		other: 'nothing',
		fault: '',
	}
}
