/**
 * Writes the files for static hosts from the one source of the headers: `npm run deploy-files`. With
 * `--strict dist/config.json` it pins every outside address to the origins of that one provider.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { type HeaderOptions, securityHeaders } from './security-headers.ts'

const hsts = { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' }

const page = (options: HeaderOptions): Record<string, string> => ({
  ...securityHeaders('/', options),
  ...hsts,
})
const framed = (options: HeaderOptions): Record<string, string> => ({
  ...securityHeaders('/silent-callback.html', options),
  ...hsts,
})

const lines = (headers: Record<string, string>, line: (name: string, value: string) => string): string =>
  Object.entries(headers)
    .map(([name, value]) => line(name, value))
    .join('\n')

/** Netlify and Cloudflare Pages read this file from the folder that is served. */
export function netlifyHeaders(options: HeaderOptions): string {
  const own = (headers: Record<string, string>) => lines(headers, (name, value) => `  ${name}: ${value}`)
  // A later rule adds to an earlier one there, so the page that may be framed first loses what the first rule gave.
  const lost = lines(page(options), name => `  ! ${name}`)
  return `/*
${own(page(options))}
  Cache-Control: no-store

/assets/*
  ! Cache-Control
  Cache-Control: public, max-age=31536000, immutable

/silent-callback.html
${lost}
${own(framed(options))}
`
}

export const netlifyRedirects = '/* /index.html 200\n'

export function nginxConfig(options: HeaderOptions): string {
  const own = (headers: Record<string, string>, indent: string) =>
    lines(headers, (name, value) => `${indent}add_header ${name} "${value}" always;`)
  return `# A server block for the built files. Set root and server_name; put TLS where you have it.
server {
  listen 8080;
  server_name localhost;
  root /srv/pkce-lens;

${own(page(options), '  ')}
  add_header Cache-Control "no-store" always;

  location / {
    try_files $uri /index.html;
  }

  # add_header is inherited only where a location has none of its own.
  location /assets/ {
${own(page(options), '    ')}
    add_header Cache-Control "public, max-age=31536000, immutable" always;
  }

  location = /silent-callback.html {
${own(framed(options), '    ')}
    add_header Cache-Control "no-store" always;
  }
}
`
}

export function caddyfile(options: HeaderOptions): string {
  const own = (headers: Record<string, string>) => lines(headers, (name, value) => `\t\t${name} "${value}"`)
  return `# Set the address and the root; with a real host name Caddy brings its own certificate.
:8080 {
	root * /srv/pkce-lens
	@silent path /silent-callback.html
	@assets path /assets/*
	@pages not path /silent-callback.html
	@fresh not path /assets/*
	header @pages {
${own(page(options))}
	}
	header @silent {
${own(framed(options))}
	}
	header @fresh Cache-Control "no-store"
	header @assets Cache-Control "public, max-age=31536000, immutable"
	try_files {path} /index.html
	file_server
}
`
}

/** What CloudFront in front of S3 takes as a response headers policy. */
export function cloudFrontPolicy(options: HeaderOptions): string {
  const custom = Object.entries(page(options)).filter(([name]) => /Permissions|Opener/.test(name))
  return `${JSON.stringify(
    {
      Name: 'pkce-lens',
      SecurityHeadersConfig: {
        ContentSecurityPolicy: {
          Override: true,
          ContentSecurityPolicy: securityHeaders('/', options)['Content-Security-Policy'],
        },
        FrameOptions: { Override: true, FrameOption: 'DENY' },
        ReferrerPolicy: { Override: true, ReferrerPolicy: 'no-referrer' },
        ContentTypeOptions: { Override: true },
        StrictTransportSecurity: {
          Override: true,
          AccessControlMaxAgeSec: 31536000,
          IncludeSubdomains: true,
        },
      },
      CustomHeadersConfig: {
        Quantity: custom.length,
        Items: custom.map(([Header, Value]) => ({ Header, Value, Override: true })),
      },
    },
    null,
    2,
  )}\n`
}

/** Every file and what belongs in it. */
export function deployFiles(options: HeaderOptions): ReadonlyMap<string, string> {
  return new Map([
    ['public/_headers', netlifyHeaders(options)],
    ['public/_redirects', netlifyRedirects],
    ['deploy/nginx.conf', nginxConfig(options)],
    ['deploy/Caddyfile', caddyfile(options)],
    ['deploy/cloudfront-headers.json', cloudFrontPolicy(options)],
  ])
}

/** Origins of the issuer, of the endpoints it names, and of the API in a `config.json`. */
export async function strictOrigins(configText: string): Promise<string[]> {
  const config: unknown = JSON.parse(configText)
  const text = (from: unknown, name: string): string | null => {
    const value = typeof from === 'object' && from !== null ? Reflect.get(from, name) : null
    return typeof value === 'string' ? value : null
  }
  const issuer = text(config, 'issuer')
  if (issuer === null) throw new Error('The configuration has no issuer.')
  const metadata: unknown = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`).then(
    response => response.json(),
    () => null,
  )
  const named = [
    'authorization_endpoint',
    'token_endpoint',
    'userinfo_endpoint',
    'jwks_uri',
    'revocation_endpoint',
    'end_session_endpoint',
  ]
  const urls = [issuer, text(config, 'profile_url'), ...named.map(name => text(metadata, name))].filter(
    url => url !== null,
  )
  return [...new Set(urls.map(url => new URL(url).origin))].toSorted()
}

if (process.argv[1]?.endsWith('deploy-files.ts')) {
  const strict = process.argv.indexOf('--strict')
  const file = strict > 0 ? process.argv[strict + 1] : undefined
  const origins = file ? await strictOrigins(readFileSync(file, 'utf8')) : null
  for (const [path, content] of deployFiles({ origins })) {
    const target = file ? path.replace('public/', 'dist/').replace('deploy/', 'dist/deploy/') : path
    if (file && target.startsWith('dist/deploy/'))
      (await import('node:fs')).mkdirSync('dist/deploy', { recursive: true })
    writeFileSync(target, content)
    console.log(`wrote ${target}`)
  }
}
