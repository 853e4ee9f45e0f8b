import { isLoopback } from './client-config.ts'

/** The unspecified address, IPv4 written as IPv6 and a name with a dot at its end lead to this computer as well. */
export function isThisComputer({ hostname }: Pick<URL, 'hostname'>): boolean {
  const host = hostname.replace(/\.$/, '')
  return isLoopback(host) || /^(0\.0\.0\.0|\[::(ffff:[\da-f:]+)?\])$/.test(host)
}
