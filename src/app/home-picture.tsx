/** The idea of PKCE as a picture: a secret that stays, and its hash that anybody may see. */
import { Chip } from '../ui/chip.tsx'
import { Glyph } from '../ui/glyph.tsx'
import './home-picture.css'

export function HomePicture() {
  return (
    <figure className="app-picture" aria-label="A secret and its hash">
      <div>
        <Glyph of="verifier" className="app-picture-mark" />
        <Chip v="verifier" label="code_verifier" />
        <span>the secret: stays here</span>
      </div>
      <div className="app-picture-way">
        <code>SHA-256</code>
        <svg viewBox="0 0 96 12" aria-hidden="true" focusable="false">
          <path d="M0 6h92M87 2l5 4-5 4" />
        </svg>
        <span>no way back</span>
      </div>
      <div>
        <Glyph of="challenge" className="app-picture-mark" />
        <Chip v="challenge" label="code_challenge" />
        <span>its hash: may be seen</span>
      </div>
    </figure>
  )
}
