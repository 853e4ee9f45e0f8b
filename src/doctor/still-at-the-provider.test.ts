import { expect, test } from 'vitest'
import { stillAtTheProvider } from './still-at-the-provider.ts'

test('stuck point 12: the exact addresses are printed', () => {
  const addresses = ['https://app.example/callback', 'https://app.example/silent-callback.html']
  for (const address of addresses) expect(stillAtTheProvider(addresses)).toContain(address)
})
