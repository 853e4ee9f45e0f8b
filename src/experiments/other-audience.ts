import { bearer, ofTokenAttack } from '../attack/token-attack.ts'
import type { Experiment } from '../lab/experiment.ts'

export const otherAudience: Experiment = {
  id: 'other-audience',
  title: 'Token for another API',
  sentence: 'Show the API a good token that was made for its neighbour.',
  group: 'access-token',
  needs: ['session', 'demo'],
  defender: 'resource-server',
  defence: 'The API compares the audience of the token with its own name.',
  check: 'Another audience',
  clauses: [
    { document: 'RFC 9068', section: '4' },
    { document: 'RFC 9700', section: '2.3' },
  ],
  without: 'One careless API would be enough: its tokens would open all the others.',
  off: 'api_ignores_audience',
  asks: true,
  async run(tools) {
    const { app, attacker, api } = tools
    const neighbour = await app.signIn({ config: { resource: new URL('/other-api', api ?? '').href } })
    return ofTokenAttack(tools, {
      attack: () => attacker.calls(bearer(neighbour.tokens.accessToken)),
      grant: neighbour,
      unfit: true,
    })
  },
}
