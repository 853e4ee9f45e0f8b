/** What each static host is told: headers from the one source, the page for unknown paths, a base path. */
import { type HeaderOptions, securityHeaders } from './security-headers.ts'

const hsts = { 'Strict-Transport-Security': 'max-age=31536000' }

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
export function netlifyHeaders(options: HeaderOptions, base = '/'): string {
  const own = (headers: Record<string, string>) => lines(headers, (name, value) => `  ${name}: ${value}`)
  // On Cloudflare a later rule adds to an earlier one, so the page that may be framed first loses what the first rule
  // gave; on Netlify it replaces, and the lines of loss say nothing. Cloudflare leads to the page without `.html`.
  const lost = lines(page(options), name => `  ! ${name}`)
  return `${base}*
${own(page(options))}
  Cache-Control: no-store

${base}assets/*
  ! Cache-Control
  Cache-Control: public, max-age=31536000, immutable

${['silent-callback.html', 'silent-callback']
  .map(page => `${base}${page}\n${lost}\n${own(framed(options))}\n`)
  .join('\n')}`
}

export const netlifyRedirects = (base = '/'): string => `${base}* ${base}index.html 200\n`

/** Under a path every host finds the files where the path says; nothing is rewritten. */
const layout = (base: string) =>
  base === '/' ? '' : `\n# The root is a folder that holds the built files as ${base.slice(1)}.`

export function nginxConfig(options: HeaderOptions, base = '/'): string {
  const own = (headers: Record<string, string>, indent: string) =>
    lines(headers, (name, value) => `${indent}add_header ${name} "${value}" always;`)
  const slash = `
  # Relative, so that it is right behind whatever ends TLS.
  absolute_redirect off;
  location = ${base.slice(0, -1)} {
    return 301 ${base};
  }
`
  return `# A server block for the built files. Set root and server_name; put TLS where you have it.${layout(base)}
server {
  listen 8080;
  server_name localhost;
  root /srv/pkce-lens;

${own(page(options), '  ')}
  add_header Cache-Control "no-store" always;
${base === '/' ? '' : slash}
  location ${base} {
    try_files $uri ${base}index.html;
  }

  # add_header is inherited only where a location has none of its own.
  location ${base}assets/ {
${own(page(options), '    ')}
    # Not "always": that a file is missing is not kept.
    add_header Cache-Control "public, max-age=31536000, immutable";
  }

  location = ${base}silent-callback.html {
${own(framed(options), '    ')}
    add_header Cache-Control "no-store" always;
  }
}
`
}

export function caddyfile(options: HeaderOptions, base = '/'): string {
  const own = (headers: Record<string, string>) => lines(headers, (name, value) => `\t\t${name} "${value}"`)
  const atRoot = `
	try_files {path} /index.html
	file_server`
  const below = `
	redir ${base.slice(0, -1)} ${base} permanent
	handle ${base}* {
		try_files {path} ${base}index.html
		file_server
	}
	file_server`
  return `# Set the address and the root; with a real host name Caddy brings its own certificate.${layout(base)}
:8080 {
	root * /srv/pkce-lens
	@silent path ${base}silent-callback.html
	@assets {
		path ${base}assets/*
		file
	}
	@pages not path ${base}silent-callback.html
	@fresh not {
		path ${base}assets/*
		file
	}
	header @pages {
${own(page(options))}
	}
	header @silent {
${own(framed(options))}
	}
	header @fresh Cache-Control "no-store"
	header @assets Cache-Control "public, max-age=31536000, immutable"${base === '/' ? atRoot : below}
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
          IncludeSubdomains: false,
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
