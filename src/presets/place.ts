/** A place of a console with the person's own values in it. */
import type { Mark, PlaceName, Preset, Wanted } from './preset.ts'

/** The values that have to be registered, exactly as the app sends them. */
export interface Registration {
  readonly clientId: string
  readonly redirectUri: string
  readonly logoutUri: string
  readonly origin: string
}

/** Everything that has to be registered. */
export interface AllAddresses extends Registration {
  /** Where a hidden frame and a popup come back to. */
  readonly silentUri: string
}

/** The page for frames and popups lies beside the callback. */
export const silentAddress = (redirectUri: string): string =>
  redirectUri.replace(/[^/]*$/, 'silent-callback.html')

export interface FilledPlace {
  /** Empty where there is nothing to set, and where the place is not known. */
  readonly path: readonly string[]
  /** Said in place of what to do, where there is nothing to set. */
  readonly nothing: string | null
  /** What to put there; null when there is nothing to put. */
  readonly copy: string | null
  /** What `copy` is, for the name of its button. */
  readonly what: string
  readonly note: string | null
  readonly mark: Mark
}

const whats: Record<Wanted, string> = {
  redirect_uri: 'the redirect address',
  origin: 'the origin',
  logout_uri: 'the sign-out address',
}

const nowhere: Omit<FilledPlace, 'mark'> = {
  path: [],
  nothing: null,
  copy: null,
  what: 'the value',
  note: null,
}

/** A place that the preset does not know. */
export const unknownPlace: FilledPlace = {
  ...nowhere,
  note: 'Where that is set is not known here. The manual of the provider may say.',
  mark: 'U',
}

/** Fills in one place of a preset. */
export function placeFor(preset: Preset, name: PlaceName, values: Registration): FilledPlace {
  const place = preset.places[name]
  if (place === null) return unknownPlace
  if ('nothing' in place) return { ...nowhere, ...place }
  const own: Record<Wanted, string> = {
    redirect_uri: values.redirectUri,
    origin: values.origin,
    logout_uri: values.logoutUri,
  }
  return {
    path: place.path.map(step => step.replace('{client_id}', values.clientId || 'your client')),
    nothing: null,
    copy: place.wants ? own[place.wants] : (place.value ?? null),
    what: place.wants ? whats[place.wants] : 'the value',
    note: place.note ?? null,
    mark: place.mark,
  }
}

/**
 * Puts the blanks into an issuer template.
 * @param values by the name of the blank; an empty one leaves the template unfilled
 * @returns null while a blank is empty
 */
export function fillIssuer(preset: Preset, values: Readonly<Record<string, string>>): string | null {
  let issuer = preset.issuerTemplate
  for (const blank of preset.blanks) {
    const value = values[blank.name]?.trim()
    if (!value) return null
    issuer = issuer.replace(`{${blank.name}}`, () => value)
  }
  return issuer
}
