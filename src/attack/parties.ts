/** Who can stop an attack: everybody who takes part in a sign-in and checks something. */
export const parties = ['app', 'browser', 'authorization-server', 'resource-server'] as const
export type Party = (typeof parties)[number]

/** What a person may predict, and what may come of it. */
export const stoppers = [...parties, 'nobody'] as const
export type Stopper = (typeof stoppers)[number]

export const partyNames: Readonly<Record<Party, string>> = {
  app: 'App',
  browser: 'Browser',
  'authorization-server': 'Authorization server',
  'resource-server': 'Resource server',
}

/** Short enough for one line. */
export const shortNames: Readonly<Record<Stopper, string>> = {
  app: 'App',
  browser: 'Browser',
  'authorization-server': 'Auth server',
  'resource-server': 'API',
  nobody: 'Nobody',
}

/** The choices of a prediction: short to see, and said in full where the short name is another one. */
export const stopperChoices = stoppers.map(value => {
  const label = shortNames[value]
  const full = value === 'nobody' ? label : partyNames[value]
  return full === label ? { value, label } : { value, label, name: `${label}: ${full.toLowerCase()}` }
})

export const withArticle = (article: 'The' | 'the', party: Party): string =>
  `${article} ${partyNames[party].toLowerCase()}`
