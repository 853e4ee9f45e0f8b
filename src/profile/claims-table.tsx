/** Every claim with its source. While the API is asked, its rows are not there yet and the heading says so. */
import { useState } from 'react'
import { useProfile, useSession } from '../session/session-provider.tsx'
import { Button } from '../ui/button.tsx'
import { Chip } from '../ui/chip.tsx'
import { Icon } from '../ui/icon.tsx'
import { SectionHead } from '../ui/page.tsx'
import { Progress } from '../ui/progress.tsx'
import './claims-table.css'
import { type ClaimRow, claimRows, claimText } from './claim-rows.ts'

/** An answer of a mebibyte holds a hundred thousand: drawing them all would stop the page. */
const most = 200

export function ClaimsTable() {
  const [all, setAll] = useState(false)
  const claims = useSession(session => session.claims)
  const profile = useProfile()
  const rows = claimRows(claims ?? {}, profile.claims, profile.source)
  const agreeing = rows.filter(row => row.sources.length === 2 && !row.differs).length
  const where = profile.source === 'profile' ? 'the API' : 'UserInfo'
  const summary =
    profile.status === 'ready'
      ? `two sources, ${agreeing} agree`
      : profile.status === 'loading'
        ? `asking ${where}`
        : 'from the ID token'
  return (
    <section aria-labelledby="profile-claims">
      <SectionHead title="Claims" id="profile-claims" end={summary} />
      {profile.status === 'loading' && <Progress label={`Asking ${where}`} />}
      <table className="profile-claims">
        <thead className="visually-hidden">
          <tr>
            <th>Claim</th>
            <th>Value</th>
            <th>Source</th>
          </tr>
        </thead>
        <tbody>
          {(all ? rows : rows.slice(0, most)).map(row => (
            <tr key={row.name}>
              <th scope="row">{row.name}</th>
              <td>
                <Value name={row.name} value={row.value} />
                {row.differs && (
                  <span className="profile-differs">
                    {where}: <Value name={row.name} value={row.other} />
                  </span>
                )}
              </td>
              <td>
                <Sources row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {!all && rows.length > most && (
        <Button onClick={() => setAll(true)}>Show all {rows.length} claims</Button>
      )}
      {profile.url && (
        <p className="profile-foot">
          {profile.source === 'profile' ? 'API' : 'UserInfo'} is{' '}
          <code>GET {new URL(profile.url).pathname}</code> at <code>{new URL(profile.url).host}</code>
        </p>
      )}
    </section>
  )
}

function Value({ name, value }: { name: string; value: unknown }) {
  const text = claimText(name, value)
  if (text === null) return <span className="profile-none">not given</span>
  return typeof value === 'string' ? <bdi>{text}</bdi> : <code>{text}</code>
}

function Sources({ row }: { row: ClaimRow }) {
  return (
    <span className="profile-src">
      {row.sources.map((source, place) => (
        <span key={source} className="profile-src">
          {place > 0 && (
            <span className={row.differs ? 'profile-unequal' : 'profile-agree'}>
              <span aria-hidden="true">{row.differs ? '≠' : '='}</span>
              <span className="visually-hidden">{row.differs ? 'differs from' : 'agrees with'}</span>
            </span>
          )}
          {source === 'id_token' ? (
            <Chip v="id" label="id_token" short />
          ) : (
            <span className="profile-api">
              <Icon name="box" size="s" />
              {source === 'profile' ? 'API' : 'UserInfo'}
            </span>
          )}
        </span>
      ))}
    </span>
  )
}
