/** The pages between the authorization request and its answer: sign in, agree, or say no. */
import type { Interaction } from 'oidc-provider'
import { checkPassword, type DemoAccount } from './accounts.ts'
import { formOf } from './form-body.ts'
import { grantAll, scopesToAsk } from './grants.ts'
import { type Context, errors, type Middleware, type Provider } from './oidc-provider.ts'
import { consentPage } from './pages/consent-page.ts'
import { showError } from './pages/error-page.ts'
import { showPage } from './pages/layout.ts'
import { type SignInForm, signInPage } from './pages/sign-in-page.ts'
import { passwordAcr } from './provider-configuration.ts'
import { goOn } from './redirect.ts'

const path = /^(\/interaction\/[\w-]+)(?:\/(login|consent|deny|forget))?$/

/** Parameters that "Forget who I am" leaves out: they name the person, or they were used up. */
const forgotten = new Set(['login_hint', 'id_token_hint', 'request', 'request_uri'])

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

async function appNameOf(provider: Provider, interaction: Interaction): Promise<string> {
  const client = await provider.Client.find(textOf(interaction.params['client_id']))
  return client?.clientName ?? 'The app'
}

/** @returns a step that serves `/interaction/…` */
export function serveInteractions(
  provider: Provider,
  accounts: readonly DemoAccount[],
  appOrigin: string,
): Middleware {
  const showSignIn = async (
    ctx: Context,
    interaction: Interaction,
    form: Pick<SignInForm, 'username' | 'problem'>,
  ) => {
    const appName = await appNameOf(provider, interaction)
    const action = `/interaction/${interaction.uid}/login`
    showPage(ctx, signInPage({ ...form, action, appName, accounts }))
  }

  const showConsent = async (ctx: Context, interaction: Interaction) => {
    const account = accounts.find(each => each.sub === interaction.session?.accountId)
    if (!account) throw new errors.SessionNotFound('the session has no account')
    showPage(
      ctx,
      consentPage({
        ...(await scopesToAsk(provider, interaction)),
        account,
        path: `/interaction/${interaction.uid}`,
        appName: await appNameOf(provider, interaction),
        returnsTo: textOf(interaction.params['redirect_uri']),
      }),
    )
  }

  const signIn = async (ctx: Context, interaction: Interaction) => {
    const username = textOf(formOf(ctx).get('login'))
    const password = textOf(formOf(ctx).get('password'))
    const account = checkPassword(accounts, username, password)
    if (!account) {
      const problem = username.trim() === '' ? 'username' : password === '' ? 'password' : 'both'
      await showSignIn(ctx, interaction, { username, problem })
      return
    }
    const login = { accountId: account.sub, acr: passwordAcr, amr: ['pwd'] }
    goOn(ctx, await provider.interactionResult(ctx.req, ctx.res, { login, select_account: {} }))
  }

  const agree = async (ctx: Context, interaction: Interaction) => {
    const grantId = await grantAll(ctx, provider, interaction)
    goOn(ctx, await provider.interactionResult(ctx.req, ctx.res, { consent: { grantId } }))
  }

  const deny = async (ctx: Context) => {
    const result = { error: 'access_denied', error_description: 'The person said no' }
    goOn(ctx, await provider.interactionResult(ctx.req, ctx.res, result, { mergeWithLastSubmission: false }))
  }

  /** Ends the session here and begins the same authorization request again, as somebody unknown. */
  const forget = async (ctx: Context, interaction: Interaction) => {
    const session = await provider.Session.get(ctx)
    await session.destroy()
    await interaction.destroy()
    ctx.cookies.set(provider.cookieName('session'), null)
    const again = new URLSearchParams()
    for (const [name, value] of Object.entries(interaction.params))
      for (const each of [value ?? []].flat()) if (!forgotten.has(name)) again.append(name, String(each))
    goOn(ctx, `/authorize?${again}`)
  }

  const answer = async (ctx: Context, action: string | undefined) => {
    const interaction = await provider.interactionDetails(ctx.req, ctx.res)
    if (!ctx.path.startsWith(`/interaction/${interaction.uid}`))
      throw new errors.SessionNotFound('another sign-in was started in this browser')
    if (action === undefined) {
      if (interaction.prompt.name === 'consent') await showConsent(ctx, interaction)
      else
        await showSignIn(ctx, interaction, {
          username: textOf(interaction.params['login_hint']),
          problem: null,
        })
    } else if (action === 'login') await signIn(ctx, interaction)
    else if (action === 'consent') await agree(ctx, interaction)
    else if (action === 'deny') await deny(ctx)
    else await forget(ctx, interaction)
  }

  return async (ctx, next) => {
    const [, page, action] = path.exec(ctx.path) ?? []
    if (page === undefined) {
      await next()
      return
    }
    const reads = ctx.method === 'GET' || ctx.method === 'HEAD'
    // After a wrong password the address bar shows where the form was sent.
    if (reads && action !== undefined) {
      goOn(ctx, page)
      return
    }
    if (!reads && (ctx.method !== 'POST' || action === undefined)) {
      ctx.status = 405
      ctx.set('Allow', action === undefined ? 'GET, HEAD' : 'GET, HEAD, POST')
      return
    }
    // A form on another page must not press these buttons for the person (CSRF).
    const origin = ctx.get('Origin')
    if (ctx.method === 'POST' && origin !== '' && origin !== provider.issuer) {
      ctx.status = 403
      return
    }
    try {
      await answer(ctx, action)
    } catch (error) {
      if (!(error instanceof errors.SessionNotFound)) throw error
      const description = error.error_description ?? null
      showError(
        ctx,
        { code: 'session_not_found', description, registered: null, received: null, appOrigin },
        400,
      )
    }
  }
}
