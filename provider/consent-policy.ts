/** When the person is asked: sign-in, choice of account, consent (OIDC Core §3.1.2.1 `prompt`). */
import { interactionPolicy } from './oidc-provider.ts'

export function consentPolicy() {
  const policy = interactionPolicy.base()
  // Only registered native apps would be asked every time; here the app is the same one under a switched-on fault.
  policy.get('consent')?.checks.remove('native_client_prompt')
  policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0)
  return policy
}
