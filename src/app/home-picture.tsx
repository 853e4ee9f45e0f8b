/** The idea of PKCE as a picture: a secret that stays, and its hash that anybody may see. */
import { Chip } from '../ui/chip.tsx'
import { Glyph } from '../ui/glyph.tsx'
import { OneWay } from '../ui/one-way.tsx'
import './home-picture.css'

export function HomePicture() {
  return (
    <figure className="app-picture" aria-label="A secret and its hash">
      <div>
        <Glyph of="verifier" className="app-picture-mark" />
        <Chip v="verifier" label="code_verifier" />
        <span>the secret: stays here</span>
      </div>
      <OneWay />
      <div>
        <Glyph of="challenge" className="app-picture-mark" />
        <Chip v="challenge" label="code_challenge" />
        <span>its hash: may be seen</span>
      </div>
    </figure>
  )
}
