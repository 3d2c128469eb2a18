/** @import { Children } from '../markup/html.js' */
/** @import { ApiError } from '../../api/api-error.js' */
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { textOf } from '../../api/api-error.js'
import { apiErrorOf } from '../../api/use-load.js'
import { html } from '../markup/html.js'
import { Dialog } from './dialog.js'
import { Faults } from './faults.js'
import { toast } from './toast.js'

/**
 * A text that the dialog asks for.
 *
 * @typedef {{ name: string, label: string, required?: boolean, hint?: string, maxLength?: number, initial?: string,
 *   type?: 'text' | 'number' | 'url', min?: number, max?: number }} Field
 */

/**
 * Asks before an action. `onConfirm` gets the texts of the fields by name; the dialog closes when its promise resolves, and
 * shows the error when it rejects. Enter in a field confirms, unless the action is dangerous. `onInput` hears each change, so
 * that `children` can show what the action would do. Without a `confirmLabel` there is nothing more to confirm, and no button
 * for it.
 *
 * @typedef {{
 *   title: string,
 *   confirmLabel?: string,
 *   closeLabel?: string,
 *   isDangerous?: boolean,
 *   fields?: Field[],
 *   onConfirm: (values: Record<string, string>) => Promise<unknown>,
 *   onInput?: (values: Record<string, string>) => void,
 *   onClose: () => void,
 *   children?: Children,
 * }} ConfirmDialogProps
 */

// Spaces alone would count as a text.
const visible = '.*\\S.*'

/** @param {ConfirmDialogProps} props */
export function ConfirmDialog({
	title,
	confirmLabel,
	closeLabel = 'Cancel',
	isDangerous = false,
	fields = [],
	onConfirm,
	onInput,
	onClose,
	children,
}) {
	const id = useId()
	const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null))
	const closeButton = useRef(/** @type {HTMLButtonElement | null} */ (null))
	const isUnderWay = useRef(false)
	const [isBusy, setBusy] = useState(false)
	const [error, setError] = useState(/** @type {ApiError | undefined} */ (undefined))

	// The button that goes away had the focus.
	useEffect(() => {
		if (confirmLabel === undefined) closeButton.current?.focus()
	}, [confirmLabel])

	const close = () => dialog.current?.close()

	/** @param {SubmitEvent} event */
	const submit = async (event) => {
		event.preventDefault()
		// Enter pressed twice must not do it twice, also before the dialog is drawn again.
		if (isUnderWay.current) return
		isUnderWay.current = true
		setBusy(true)
		setError(undefined)
		try {
			await onConfirm(valuesOf(event.currentTarget))
			close()
		} catch (cause) {
			// A person who has closed the dialog must hear of it, too.
			if (!dialog.current?.open) return toast(textOf(apiErrorOf(cause)), 'bad')
			setError(apiErrorOf(cause))
			setBusy(false)
			isUnderWay.current = false
		}
	}

	/** A key that is pressed while somebody types must not do what cannot be undone. @param {KeyboardEvent} event */
	const holdEnter = (event) => {
		if (isDangerous && event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault()
	}

	return html`
		<${Dialog} element=${dialog} titleId=${`${id}-title`} onClose=${onClose}>
			<form onSubmit=${submit} onKeyDown=${holdEnter} onInput=${(/** @type {InputEvent} */ event) => onInput?.(valuesOf(event.currentTarget))}>
				<h2 id=${`${id}-title`}>${title}</h2>
				${children && html`<div class="dialog-text">${children}</div>`}
				${fields.map((field) => html`<${FieldInput} key=${field.name} id=${`${id}-${field.name}`} field=${field} />`)}
				${error && html`<div class="dialog-error" role="alert"><p>${error.detail}${error.code !== '' && html` <span class="faint">${error.code}</span>`}</p><${Faults} error=${error} /></div>`}
				<div class="dialog-actions">
					<button ref=${closeButton} type="button" onClick=${close}>${closeLabel}</button>
					${
						confirmLabel !== undefined &&
						html`<button type="submit" class=${isDangerous ? 'danger' : 'primary'} aria-disabled=${isBusy}>${isBusy ? 'Working …' : confirmLabel}</button>`
					}
				</div>
			</form>
		</${Dialog}>
	`
}

/** @param {{ id: string, field: Field }} props */
function FieldInput({
	id,
	field: { name, label, required = false, hint, maxLength, initial, type = 'text', min, max },
}) {
	return html`
		<div class="field">
			<label for=${id}>${label}${!required && html` <span class="faint">(optional)</span>`}</label>
			<input id=${id} name=${name} type=${type} required=${required} pattern=${required ? visible : undefined} title=${required ? 'Spaces alone are not enough' : undefined} maxlength=${maxLength} min=${min} max=${max}
				defaultValue=${initial} autocomplete="off" aria-describedby=${hint && `${id}-hint`} />
			${hint && html`<p id=${`${id}-hint`} class="hint">${hint}</p>`}
		</div>
	`
}

/** @param {EventTarget | null} form */
function valuesOf(form) {
	const data = new FormData(/** @type {HTMLFormElement} */ (form))
	return Object.fromEntries([...data].map(([name, value]) => [name, String(value).trim()]))
}
