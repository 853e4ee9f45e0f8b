import { DropdownMenu } from 'radix-ui'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Secrets } from '../trace/trace-file.ts'
import { useRecorder } from '../trace/trace-provider.tsx'
import { buttonClass } from '../ui/button.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { Status } from '../ui/status.tsx'
import { ExportFailed, type Unmade } from './export-failed.tsx'
import {
  type ExportSource,
  exportName,
  exportPicture,
  exportText,
  type Format,
  formatNames,
  mediaType,
  textFormats,
} from './export-file.ts'
import { ImportDialog, type Imported, readTrace } from './import-dialog.tsx'
import './menu.css'
import { exportPng } from './picture-png.ts'
import { saveFile } from './save-file.ts'
import { SecretsQuestion } from './secrets-question.tsx'

/** How long the tick stays on the button, in ms. */
const copiedShown = 2000

const formats: readonly Format[] = [...textFormats, 'png']

/** Takes the story along, brings one in, copies a link that carries configuration and nothing else. */
export function ExportMenu({
  source,
  link,
}: {
  source: ExportSource
  /** Writes a link that carries the configuration of this story; null when that is not the one in use. */
  link: (() => Promise<string>) | null
}) {
  const recorder = useRecorder()
  const [said, setSaid] = useState('')
  const [copied, setCopied] = useState(false)
  const [asking, setAsking] = useState(false)
  const [unmade, setUnmade] = useState<Unmade | null>(null)
  const [imported, setImported] = useState<Imported | null>(null)
  const file = useRef<HTMLInputElement>(null)
  // The menu goes away with the item that was pressed; its button stays.
  const trigger = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), copiedShown)
    return () => clearTimeout(timer)
  }, [copied])
  const hasSecrets = source.trace.entries.some(entry => !entry.redacted)
  const empty = source.trace.entries.length === 0

  const save = async (format: Format, secrets: Secrets = 'redacted') => {
    try {
      const content = await contentOf(format, source, secrets)
      if (content === null) return setUnmade('picture')
      const name = exportName(format, Date.now(), secrets)
      saveFile(name, content)
      setSaid(`Saved ${name}`)
    } catch {
      setUnmade(format === 'png' ? 'picture' : 'file')
    }
  }
  const copyLink = async () => {
    if (link === null) return
    try {
      await navigator.clipboard.writeText(await link())
      setCopied(true)
      setSaid('Link copied. It holds the configuration and nothing of any run.')
    } catch {
      setUnmade('link')
    }
  }
  // A browser gives the clipboard to what follows a press at once, so the code for the link is asked for before.
  const onOpen = (open: boolean) => {
    if (open) link?.().catch(() => {})
  }
  return (
    <>
      <DropdownMenu.Root modal={false} onOpenChange={onOpen}>
        <DropdownMenu.Trigger
          ref={trigger}
          className={buttonClass({ variant: 'quiet', size: 's' })}
          aria-label="Export and import"
        >
          <Icon name={copied ? 'check' : 'download'} size="s" />
          <span className="lens-tool-word">{copied ? 'Copied' : 'Export'}</span>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="lens-menu" align="end" sideOffset={4} collisionPadding={8}>
            <DropdownMenu.Label className="lens-menu-label">Without secrets</DropdownMenu.Label>
            {formats.map(format => (
              <DropdownMenu.Item
                key={format}
                className="lens-menu-item"
                disabled={empty}
                onSelect={() => void save(format)}
              >
                {formatNames[format].name}
                <span className="lens-menu-end">{formatNames[format].what}</span>
              </DropdownMenu.Item>
            ))}
            <DropdownMenu.Separator className="lens-menu-line" />
            <Action icon="share" disabled={link === null} onSelect={() => void copyLink()}>
              Copy a link to this configuration
              {link === null && <span className="lens-menu-end">not in use</span>}
            </Action>
            <Action icon="upload" onSelect={() => file.current?.click()}>
              Open a JSON trace
            </Action>
            <DropdownMenu.Separator className="lens-menu-line" />
            <Action icon="alert" disabled={empty || !hasSecrets} onSelect={() => setAsking(true)}>
              Export with secrets
              {!hasSecrets && <span className="lens-menu-end">none left</span>}
            </Action>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <input
        ref={file}
        type="file"
        hidden
        accept=".json,application/json"
        aria-label="A JSON trace"
        onChange={async event => {
          const input = event.currentTarget
          const [chosen] = input.files ?? []
          if (chosen !== undefined) setImported(await readTrace(chosen))
          input.value = ''
        }}
      />
      <ImportDialog imported={imported} onClose={() => setImported(null)} onLoad={recorder.load} />
      <SecretsQuestion
        open={asking}
        returnTo={trigger}
        onClose={() => setAsking(false)}
        onExport={format => void save(format, 'raw')}
      />
      <ExportFailed unmade={unmade} returnTo={trigger} onClose={() => setUnmade(null)} />
      <Status quiet>{said}</Status>
    </>
  )
}

function Action({
  icon,
  disabled,
  onSelect,
  children,
}: {
  icon: IconName
  disabled?: boolean
  onSelect: () => void
  children: ReactNode
}) {
  return (
    <DropdownMenu.Item className="lens-menu-item" disabled={disabled} onSelect={onSelect}>
      <Icon name={icon} size="s" />
      {children}
    </DropdownMenu.Item>
  )
}

async function contentOf(format: Format, source: ExportSource, secrets: Secrets): Promise<Blob | null> {
  if (format === 'png') return exportPng(exportPicture(source))
  return new Blob([exportText(format, source, secrets, Date.now())], { type: mediaType(format) })
}
