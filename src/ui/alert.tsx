import { Callout, type CalloutProps } from './callout.tsx'

/** A failure, spoken at once: `role="alert"`, a stable `code` in `data-error-code`, words, and a way on. */
export function Alert({ code, tone = 'fail', ...callout }: Omit<CalloutProps, 'aside'> & { code?: string }) {
  return (
    <div role="alert" data-error-code={code}>
      <Callout tone={tone} aside={code && <code>{code}</code>} {...callout} />
    </div>
  )
}
