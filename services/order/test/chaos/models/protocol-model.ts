// The order protocol as a state machine that is small enough to try every order of events: two copies of one request,
// payment, cancellation, expiry, shipping, the relay, the sweeper, and another buyer of the last piece, on one clock that
// counts in steps. Messages may be late, lost or repeated. A process may stop at any point, and then does not come back.

import { type Exploration, exploreStates } from '@mercat/testing/explore-states'

/** The rules that protect the invariants. A test takes one away to see which invariant breaks. */
const guards = [
	'no insert after notAfter',
	'a hold as long as the window and the budget',
	'a repeated request extends the hold',
	'released is final',
	'only the outbox releases',
	'one order per id',
	'the fingerprint',
	'no payment after expiresAt',
	'shipping waits for the commit',
	'a transition is written only from the status that was read',
	'the command is written with the transition',
	'the relay settles after the answer',
	'the lock on a reservation',
	'the lock on the stock',
	'an expired hold checks the stock again',
	'a reservation gets other lines only after its hold has expired',
	'a call ends with its deadline',
	'a createOnly request leaves a reservation as it is',
] as const
export type Guard = (typeof guards)[number] | typeof spareGuard
/** No invariant needs this guard, because released is final. It is for the receivers of events. */
export const spareGuard = 'commands in the order of the transitions'

const budget = 2
const window = 2
// The shortest hold that is long enough. The code adds more for clocks that differ.
const longHold = window + budget
const lastTick = 7

type Status = 'none' | 'placed' | 'paid' | 'shipped' | 'cancelled' | 'expired'
type Action = 'pay' | 'ship' | 'cancel' | 'expire'
type Command = 'commit' | 'release'
/** A call of a copy for a reservation. `create…` is createOnly. */
type Call = 'reserve0' | 'reserve1' | 'create0' | 'create1'
/** A message on its way: a call to the catalog, or an answer to the relay. */
type Message = Call | Command | 'sold' | 'unsold' | 'freed'
/** One copy of the request in one process. `at` is its next step or its end. */
type Copy = {
	at: 'look up' | 'ask' | 'wait' | 'create' | 'wait for create' | 'insert' | '201' | 'refused' | 'stopped'
	readAt: number
	body: string
}

export type State = {
	now: number
	copies: readonly Copy[]
	messages: readonly Message[]
	status: Status
	body: string
	expiresAt: number
	outbox: readonly Command[]
	acknowledged: boolean
	/** A transition that is not written yet and whose write checks nothing. */
	halfDone: Action | ''
	reservation: 'none' | 'held' | 'committed' | 'released' | 'expired'
	/** The body of the copy that made the reservation. */
	lines: string
	holdEnd: number
	onHand: number
	held: number
	sweeping: boolean
	other: 'nothing' | 'saw a piece' | 'holds' | 'bought'
	/** An event that must never happen. */
	fault:
		| ''
		| 'two orders for one key'
		| 'paid without a hold'
		| 'released before there was an order'
		| 'a commit without a reservation'
		| 'an unknown transition'
}

export type Step = [name: string, change: Partial<State>]
type Has = (guard: Guard) => boolean

const transitions: Record<Action, { from: Status[]; to: Status; command?: Command }> = {
	pay: { from: ['placed'], to: 'paid', command: 'commit' },
	ship: { from: ['paid'], to: 'shipped' },
	cancel: { from: ['placed', 'paid'], to: 'cancelled', command: 'release' },
	expire: { from: ['placed'], to: 'expired', command: 'release' },
}

export const invariants: Record<string, (state: State) => boolean> = {
	'nothing is oversold': ({ onHand, held }) => held >= 0 && onHand >= held,
	'the held quantity is the number of holds': ({ held, reservation, other }) =>
		held === Number(reservation === 'held') + Number(other === 'holds'),
	'an order that can be paid has its hold': ({ status, now, expiresAt, reservation }) =>
		status !== 'placed' || now >= expiresAt || reservation === 'held',
	'a reservation has the lines of its order': ({ status, reservation, lines, body }) =>
		!['placed', 'paid', 'shipped'].includes(status) || !['held', 'committed'].includes(reservation) || lines === body,
	'a paid order is sold once the outbox is empty': ({ status, outbox, reservation }) =>
		status !== 'paid' || outbox.length > 0 || reservation === 'committed',
	'a shipped order is sold': ({ status, reservation }) => status !== 'shipped' || reservation === 'committed',
	'an ended order holds nothing once the outbox is empty': ({ status, outbox, reservation }) =>
		!['cancelled', 'expired'].includes(status) || outbox.length > 0 || reservation === 'released',
	'nothing is sold without an order': ({ status, reservation }) => status !== 'none' || reservation !== 'committed',
	'every 201 answers the request that made the order': ({ copies, body }) =>
		copies.every((copy) => copy.at !== '201' || copy.body === body),
	'one order per key': ({ fault }) => fault !== 'two orders for one key',
	'a payment finds a hold': ({ fault }) => fault !== 'paid without a hold',
	'no reservation is released before its order exists': ({ fault }) => fault !== 'released before there was an order',
	'every commit has a reservation': ({ fault }) => fault !== 'a commit without a reservation',
	'an order makes only the transitions of the table': ({ fault }) => fault !== 'an unknown transition',
}

export function* steps(s: State, has: Has): Generator<Step> {
	for (const [name, change] of allSteps(s, has)) yield [name, withoutLateCalls({ ...s, ...change }, has)]
}

// Forgets what no step needs any more, so that states which differ in nothing else become one: calls whose deadline has
// passed, and the start of a copy that has no call on its way and nothing left to write.
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
		if (has('the lock on the stock')) yield ['another buyer holds', { other: 'holds', held: s.held + 1 }]
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
				yield [`copy ${i} presumes the order new`, now('create', s.now)]
				break
			case 'ask':
				yield [`copy ${i} asks for a reservation`, { ...now('wait'), messages: sent(s, reserve as Call) }]
				break
			case 'create':
				yield [`copy ${i} makes a createOnly request`, { ...now('wait for create'), messages: sent(s, create as Call) }]
				break
			case 'wait':
			case 'wait for create': {
				const call = copy.at === 'wait' ? reserve : create
				yield [`copy ${i} stops waiting`, giveUp()]
				if (!s.messages.includes(call as Call)) yield [`copy ${i} asks again`, { messages: sent(s, call as Call) }]
				if (copy.at === 'wait for create' && s.status !== 'none')
					yield [`copy ${i} loses its patience and finds the order`, now(replay(s, copy, has))]
				break
			}
			case 'insert':
				if (s.status !== 'none' && has('one order per id')) yield [`copy ${i} is second`, now(replay(s, copy, has))]
				else if (s.status !== 'none') yield [`copy ${i} inserts`, { fault: 'two orders for one key' }]
				else if (has('no insert after notAfter') && s.now >= copy.readAt + budget) {
					yield [`copy ${i} is too late`, giveUp()]
					yield [`copy ${i} is too late and begins again with a look-up`, now('look up')]
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

/** A message arrives, in any order. The message or its answer may be lost. */
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
			if (copy.at !== (isNew ? 'wait for create' : 'wait')) continue
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
	const changesNothing = isNew && has('a createOnly request leaves a reservation as it is')
	if (s.reservation !== 'none' && changesNothing) return ['exists', {}]
	const isThere = s.reservation === 'held' || s.reservation === 'committed'
	if (isThere && s.lines !== lines && has('a reservation gets other lines only after its hold has expired'))
		return ['mismatch', {}]
	if (s.reservation === 'held') return ['held', has('a repeated request extends the hold') ? { holdEnd } : {}]
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
	const isThere = s.onHand - s.held >= 1 || !has('an expired hold checks the stock again')
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
		if (!has('a transition is written only from the status that was read') && s.halfDone === '')
			yield [`someone reads the order, to ${action}`, { halfDone: action }]
	}
	if (s.halfDone === '') return
	if (transitions[s.halfDone].from.includes(s.status)) yield [s.halfDone, { ...written(s, s.halfDone), halfDone: '' }]
	else yield [s.halfDone, { fault: 'an unknown transition' }]
}

function written(s: State, action: Action): Partial<State> {
	const { to, command } = transitions[action]
	return { status: to, expiresAt: 0, outbox: command === undefined ? s.outbox : [...s.outbox, command] }
}

function without({ outbox }: State, settled: Command): readonly Command[] {
	return outbox.filter((command) => command !== settled)
}

// One message of a kind is enough: more of them could not change more.
function sent({ messages }: Pick<State, 'messages'>, message: Message): readonly Message[] {
	return messages.includes(message) ? messages : [...messages, message].sort()
}

/** Explores the protocol with all guards, or without one of them. */
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

export function initial(otherBody: string): State {
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
