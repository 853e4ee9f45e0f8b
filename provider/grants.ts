/** What the person agrees to: read from the interaction, written into a grant. */
import type { Grant, Interaction } from 'oidc-provider'
import type { Context, Provider } from './oidc-provider.ts'

interface Missing {
  readonly oidc: readonly string[]
  /** Scopes of each API, by its identifier. */
  readonly resources: ReadonlyMap<string, readonly string[]>
}

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []

function missingOf(interaction: Interaction): Missing {
  const { missingOIDCScope, missingResourceScopes } = interaction.prompt.details
  const resources = new Map<string, string[]>()
  if (typeof missingResourceScopes === 'object' && missingResourceScopes !== null)
    for (const [resource, scopes] of Object.entries(missingResourceScopes))
      resources.set(resource, texts(scopes))
  return { oidc: texts(missingOIDCScope), resources }
}

/** The scopes to show: what is new, and what was agreed to before. With nothing new, everything is asked again. */
export async function scopesToAsk(
  provider: Provider,
  interaction: Interaction,
): Promise<{ newScopes: string[]; earlierScopes: string[] }> {
  const missing = missingOf(interaction)
  const newScopes = [...new Set([...missing.oidc, ...[...missing.resources.values()].flat()])]
  const scope = interaction.params['scope']
  const asked = typeof scope === 'string' ? scope.split(' ') : []
  const grant = interaction.grantId ? await provider.Grant.find(interaction.grantId) : undefined
  if (!grant || newScopes.length === 0) return { newScopes: asked, earlierScopes: [] }
  return { newScopes, earlierScopes: asked.filter(each => !newScopes.includes(each)) }
}

/**
 * Writes the agreement down and returns its id. An earlier grant is widened, so that earlier tokens stay good. The
 * session knows it and not the interaction: another tab may have agreed while this one asked.
 */
export async function grantAll(ctx: Context, provider: Provider, interaction: Interaction): Promise<string> {
  const accountId = interaction.session?.accountId
  const clientId = String(interaction.params['client_id'])
  const session = await provider.Session.get(ctx)
  const grantId = session.accountId === accountId ? session.grantIdFor(clientId) : undefined
  const earlier = grantId ? await provider.Grant.find(grantId) : undefined
  const grant: Grant = earlier ?? new provider.Grant({ accountId, clientId })
  const missing = missingOf(interaction)
  if (missing.oidc.length > 0) grant.addOIDCScope([...missing.oidc])
  for (const [resource, scopes] of missing.resources) grant.addResourceScope(resource, [...scopes])
  return grant.save()
}
