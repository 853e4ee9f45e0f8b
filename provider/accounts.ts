/** The two people of the demo. Their names need more than ASCII, on purpose. */

export interface DemoAccount {
  readonly sub: string
  readonly username: string
  readonly password: string
  /** Claims of the ID token and UserInfo. */
  readonly claims: Readonly<Record<string, string | number | boolean>>
  /** What only the API knows. */
  readonly apiOnly: Readonly<Record<string, string | number>>
  readonly orders: readonly Readonly<Record<string, string | number>>[]
}

const demoPassword = 'password'

/** @param pictureOrigin where `/avatars/<username>.svg` is served */
export function createAccounts(pictureOrigin: string): readonly DemoAccount[] {
  return [
    {
      sub: 'u_7Q2m4Wd9',
      username: 'alice',
      password: demoPassword,
      claims: {
        name: 'Alice Åström',
        given_name: 'Alice',
        family_name: 'Åström',
        preferred_username: 'alice',
        email: 'alice@example.com',
        email_verified: true,
        picture: `${pictureOrigin}/avatars/alice.svg`,
        locale: 'sv-SE',
        zoneinfo: 'Europe/Stockholm',
        birthdate: '1991-05-04',
        updated_at: 1767261600,
      },
      apiOnly: { member_since: '2024-11-02', plan: 'Plus', city: 'Malmö', books_read: 42 },
      orders: [
        {
          id: 'A-1042',
          placed: '2026-10-12',
          title: 'Through the Looking-Glass',
          price: 129,
          currency: 'SEK',
        },
        { id: 'A-1057', placed: '2026-11-03', title: 'Tea for two', price: 84, currency: 'SEK' },
      ],
    },
    {
      sub: 'u_4Mx9bT1c',
      username: 'bob',
      password: demoPassword,
      claims: {
        name: 'بوب حداد',
        given_name: 'بوب',
        family_name: 'حداد',
        preferred_username: 'bob',
        email: 'bob@example.com',
        email_verified: false,
        picture: `${pictureOrigin}/avatars/bob.svg`,
        locale: 'ar-LB',
        zoneinfo: 'Asia/Beirut',
        birthdate: '1986-12-19',
        updated_at: 1764583200,
      },
      apiOnly: { member_since: '2025-06-21', plan: 'Free', city: 'بيروت', books_read: 7 },
      orders: [{ id: 'B-0388', placed: '2026-09-30', title: 'المصباح', price: 24, currency: 'USD' }],
    },
  ]
}

/** The account whose name and password were typed, or null. The name is compared ignoring case and spaces around. */
export function checkPassword(
  accounts: readonly DemoAccount[],
  username: string,
  password: string,
): DemoAccount | null {
  const typed = username.trim().toLowerCase()
  return accounts.find(each => each.username === typed && each.password === password) ?? null
}
