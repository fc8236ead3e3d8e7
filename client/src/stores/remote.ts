/**
 * The way out, as stores and views know it: questions by HTTP, commands by the command door. Wiring attaches the real one.
 */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { RefusalCode } from '../../../shared/model/refusal.ts'
import type { Submission } from '../../../shared/contract/command.ts'

export interface Failure {
  readonly code: RefusalCode | 'INTERNAL' | 'UNREACHABLE' | 'TIMEOUT'
  readonly message: string
  readonly details?: Readonly<Record<string, unknown>> | undefined
  readonly id?: string
}
export type Answer<T> = { readonly ok: true; readonly data: T } | { readonly ok: false; readonly error: Failure }
export type Outcome =
  { readonly ok: true; readonly rev: number; readonly data: unknown } | { readonly ok: false; readonly error: Failure }
export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>

type WithoutId<S> = S extends unknown ? Omit<S, 'commandId'> : never
/** A command as views give it; its id is made where it is sent. */
export type Draft = WithoutId<Submission>

export interface Remote {
  /** `GET /api/v1` + path. Instants named `…At` come as ms, GeoJSON points as `[lon, lat]`. Never throws. */
  get<T>(path: string, query?: Query): Promise<Answer<T>>
  post<T>(path: string, body: unknown): Promise<Answer<T>>
  remove<T>(path: string): Promise<Answer<T>>
  submit(draft: Draft): Promise<Outcome>
}

const unreachable = { ok: false, error: { code: 'UNREACHABLE', message: 'not connected' } } as const
const nobody: Remote = {
  get: () => Promise.resolve(unreachable),
  post: () => Promise.resolve(unreachable),
  remove: () => Promise.resolve(unreachable),
  submit: () => Promise.resolve(unreachable),
}

export const useRemoteStore = defineStore('remote', () => {
  const remote = shallowRef<Remote>(nobody)
  return {
    attach(real: Remote) {
      remote.value = real
    },
    get: <T>(path: string, query?: Query) => remote.value.get<T>(path, query),
    post: <T>(path: string, body: unknown) => remote.value.post<T>(path, body),
    remove: <T>(path: string) => remote.value.remove<T>(path),
    submit: (draft: Draft) => remote.value.submit(draft),
  }
})
