/** The condition of a price that is held. A hold that is past its end counts no longer, also before its row tells it. */
export const isHeld = "state = 'open' and (until is null or until > statement_timestamp())"
