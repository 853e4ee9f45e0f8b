/** Milliseconds after which somebody is probably looking at an error page of the provider. */
export const awayTooLong = 20_000

/**
 * Stuck point 12, while it lasts: the app cannot see the other page, only that no answer has come.
 * @param addresses where the provider would send the person, as they must be registered
 */
export function stillAtTheProvider(addresses: readonly string[]): string {
  return `Still at the provider? An error page over there is what an unregistered address looks like. What must be registered: ${addresses.join(' and ')}`
}
