/** All experiments, in the order in which they are shown. */
import type { Experiment } from '../lab/experiment.ts'
import { accessTokenAltered } from './access-token-altered.ts'
import { challengeAsVerifier } from './challenge-as-verifier.ts'
import { codeOfAnotherClient } from './code-of-another-client.ts'
import { codeReplay } from './code-replay.ts'
import { codeReplayFirstToken } from './code-replay-first-token.ts'
import { dpopNoProof } from './dpop-no-proof.ts'
import { dpopOtherKey } from './dpop-other-key.ts'
import { dpopProofReplayed } from './dpop-proof-replayed.ts'
import { expiredToken } from './expired-token.ts'
import { forgedState } from './forged-state.ts'
import { framedConsent } from './framed-consent.ts'
import { idTokenAlgNone } from './id-token-alg-none.ts'
import { idTokenAltered } from './id-token-altered.ts'
import { idTokenAsAccessToken } from './id-token-as-access-token.ts'
import { idTokenKeySwapped } from './id-token-key-swapped.ts'
import { injectedMessage } from './injected-message.ts'
import { insufficientScope } from './insufficient-scope.ts'
import { missingState } from './missing-state.ts'
import { mixUp } from './mix-up.ts'
import { nonceReplayed } from './nonce-replayed.ts'
import { otherAudience } from './other-audience.ts'
import { pkceLeftOut } from './pkce-left-out.ts'
import { pkcePlain } from './pkce-plain.ts'
import { redirectExtraQuery } from './redirect-extra-query.ts'
import { redirectOtherPath } from './redirect-other-path.ts'
import { refreshFamily } from './refresh-family.ts'
import { refreshReplay } from './refresh-replay.ts'
import { refreshWiderScope } from './refresh-wider-scope.ts'
import { revokedToken } from './revoked-token.ts'
import { stolenCodeNoVerifier } from './stolen-code-no-verifier.ts'
import { stolenCodeWrongVerifier } from './stolen-code-wrong-verifier.ts'
import { tokenInQuery } from './token-in-query.ts'
import { verifierWithoutChallenge } from './verifier-without-challenge.ts'

export const experiments: readonly Experiment[] = [
  stolenCodeNoVerifier,
  stolenCodeWrongVerifier,
  challengeAsVerifier,
  codeOfAnotherClient,
  forgedState,
  missingState,
  mixUp,
  injectedMessage,
  redirectExtraQuery,
  redirectOtherPath,
  pkceLeftOut,
  pkcePlain,
  verifierWithoutChallenge,
  nonceReplayed,
  idTokenAltered,
  idTokenAlgNone,
  idTokenKeySwapped,
  accessTokenAltered,
  idTokenAsAccessToken,
  tokenInQuery,
  insufficientScope,
  otherAudience,
  expiredToken,
  dpopNoProof,
  dpopProofReplayed,
  dpopOtherKey,
  framedConsent,
  refreshWiderScope,
  codeReplay,
  codeReplayFirstToken,
  refreshReplay,
  refreshFamily,
  revokedToken,
]
