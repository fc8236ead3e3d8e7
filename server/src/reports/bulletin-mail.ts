/** Bulletins by e-mail. Resolves once the mail server took it; rejects with why it did not. */
import { createTransport } from 'nodemailer'
import type { KeptBulletin } from '../ports/store.ts'
import type { ExportFormat } from '../../../shared/contract/kpi-export.ts'

export interface MailSettings {
  /** `smtp://USER:PASSWORD@HOST:PORT`, `smtps://…`. */
  readonly url: string
  readonly from: string
  readonly to: readonly string[]
}
export interface BulletinMail {
  send(
    bulletin: Pick<KeptBulletin, 'id' | 'title'>,
    text: string,
    files: Readonly<Record<ExportFormat, Uint8Array>>,
  ): Promise<void>
  close(): void
}

const patienceMs = 30_000

export function createBulletinMail({ url, from, to }: MailSettings): BulletinMail {
  const transport = createTransport(url, { from })
  return {
    async send({ id, title }, text, files) {
      const given = new AbortController()
      const timer = setTimeout(() => given.abort(), patienceMs)
      timer.unref()
      const late = new Promise<never>((_, broken) =>
        given.signal.addEventListener('abort', () => broken(new Error('the mail server did not answer in time'))),
      )
      const sent = transport.sendMail({
        ...{ from, to: [...to], subject: title, text },
        // The same bulletin has the same number: one that is sent again after a crash can be told by its readers' programs.
        messageId: `<${id}@${from.split('@')[1] ?? 'localhost'}>`,
        attachments: (['pdf', 'xlsx'] as const).map((format) => ({
          filename: `${id}.${format}`,
          content: Buffer.from(files[format]),
        })),
      })
      try {
        await Promise.race([sent, late])
      } finally {
        clearTimeout(timer)
        sent.catch(() => undefined)
      }
    },
    close: () => transport.close(),
  }
}
