/**
 * The state lane as a pure machine: what to ask, what to believe, how fresh it is.
 * Guarantees that rows handed on follow one another without a gap; a gap, another log or a silence is answered by asking again.
 * Refuses to know sockets, timers and what a row means. Time comes with every input.
 */
import type { Delta, HelloAnswer, Pulse, RowChange, Snapshot } from '../../../shared/contract/realtime.ts'
import type { Instant } from '../../../shared/model/ids.ts'

export type LinkPhase = 'connecting' | 'joining' | 'live' | 'stale' | 'offline'

/** Silence after which what is shown can no longer be called now. The server pulses every few seconds. */
export const staleAfterMs = 12_000
/** Silence after which the connection itself is taken for dead. */
export const deadAfterMs = 30_000
/** How long an unanswered or refused hello waits before it is said again. */
export const helloRetryMs = 6_000

export interface SyncState {
  readonly phase: LinkPhase
  readonly epoch: string | null
  readonly rev: number
  readonly heardAt: Instant
  readonly askedAt: Instant
  /** Number of the last hello; answers to earlier ones are void. */
  readonly ask: number
  /** This page's contract is not the server's: only a newer page can go on. */
  readonly outdated: boolean
}

export type SyncInput =
  | { readonly kind: 'connecting' | 'connected' | 'disconnected' | 'topics-changed' | 'tick'; readonly at: Instant }
  | { readonly kind: 'answered'; readonly ask: number; readonly answer: HelloAnswer; readonly at: Instant }
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot; readonly at: Instant }
  | { readonly kind: 'delta'; readonly delta: Delta; readonly at: Instant }
  | { readonly kind: 'pulse'; readonly pulse: Pulse; readonly at: Instant }

export type SyncEffect =
  | { readonly kind: 'hello'; readonly ask: number; readonly resume: { epoch: string; rev: number } | null }
  | { readonly kind: 'replace'; readonly rows: readonly RowChange[] }
  | { readonly kind: 'merge'; readonly changes: readonly RowChange[] }
  | { readonly kind: 'session-lost' }
  | { readonly kind: 'reconnect' }

export interface SyncStep {
  readonly state: SyncState
  readonly effects: readonly SyncEffect[]
}

export const initialSync: SyncState = {
  phase: 'offline',
  epoch: null,
  rev: 0,
  heardAt: 0,
  askedAt: 0,
  ask: 0,
  outdated: false,
}

const stay = (state: SyncState): SyncStep => ({ state, effects: [] })

function ask(state: SyncState, at: Instant, forget = false): SyncStep {
  const known = forget ? { ...state, epoch: null, rev: 0 } : state
  const next: SyncState = { ...known, phase: 'joining', askedAt: at, ask: state.ask + 1 }
  const resume = next.epoch === null ? null : { epoch: next.epoch, rev: next.rev }
  return { state: next, effects: [{ kind: 'hello', ask: next.ask, resume }] }
}

function answered(state: SyncState, input: Extract<SyncInput, { kind: 'answered' }>): SyncStep {
  if (input.ask !== state.ask || state.phase === 'offline' || state.phase === 'connecting') return stay(state)
  const heard = { ...state, heardAt: input.at }
  const { answer } = input
  if (answer.ok) {
    // A snapshot's rows come by their own event; only then is the picture whole.
    if (answer.mode === 'resumed' && answer.epoch === state.epoch) return stay({ ...heard, phase: 'live' })
    return stay(heard)
  }
  if (answer.error.code === 'UNAUTHENTICATED') return { state: heard, effects: [{ kind: 'session-lost' }] }
  // The hello itself is fixed, so "invalid" can only mean that the contract moved on.
  if (answer.error.code === 'INVALID') return stay({ ...heard, outdated: true })
  return stay({ ...heard, askedAt: input.at })
}

function delta(state: SyncState, input: Extract<SyncInput, { kind: 'delta' }>): SyncStep {
  const heard = { ...state, heardAt: input.at }
  const { epoch, prev, rev, changes } = input.delta
  if (state.epoch === null) return stay(heard)
  const joining = state.phase === 'joining'
  if (epoch !== state.epoch) return joining ? stay(heard) : ask(heard, input.at, true)
  if (rev <= state.rev) return stay(heard)
  if (prev > state.rev) return joining ? stay(heard) : ask(heard, input.at)
  return { state: { ...heard, rev, phase: joining ? 'joining' : 'live' }, effects: [{ kind: 'merge', changes }] }
}

function tick(state: SyncState, at: Instant): SyncStep {
  const silenceMs = at - state.heardAt
  switch (state.phase) {
    case 'joining':
      return !state.outdated && at - state.askedAt >= helloRetryMs ? ask(state, at) : stay(state)
    case 'live':
      return silenceMs >= staleAfterMs ? stay({ ...state, phase: 'stale' }) : stay(state)
    case 'stale':
      if (silenceMs < deadAfterMs) return stay(state)
      return { state: { ...state, phase: 'connecting' }, effects: [{ kind: 'reconnect' }] }
    default:
      return stay(state)
  }
}

/** The next state and what must be done because of it. Pure. */
export function stepSync(state: SyncState, input: SyncInput): SyncStep {
  switch (input.kind) {
    case 'connecting':
      return stay({ ...state, phase: 'connecting' })
    case 'disconnected':
      return stay({ ...state, phase: 'offline' })
    case 'connected':
      return ask({ ...state, heardAt: input.at, outdated: false }, input.at)
    case 'topics-changed':
      return state.phase === 'live' || state.phase === 'joining' || state.phase === 'stale'
        ? ask(state, input.at)
        : stay(state)
    case 'answered':
      return answered(state, input)
    case 'snapshot': {
      if (state.phase === 'offline' || state.phase === 'connecting') return stay(state)
      const { epoch, rev, rows } = input.snapshot
      return {
        state: { ...state, phase: 'live', epoch, rev, heardAt: input.at },
        effects: [{ kind: 'replace', rows }],
      }
    }
    case 'delta':
      return state.phase === 'offline' || state.phase === 'connecting' ? stay(state) : delta(state, input)
    case 'pulse': {
      if (state.phase === 'offline' || state.phase === 'connecting') return stay(state)
      const heard = { ...state, heardAt: input.at }
      if (state.phase === 'joining') return stay(heard)
      return input.pulse.epoch === state.epoch ? stay({ ...heard, phase: 'live' }) : ask(heard, input.at, true)
    }
    case 'tick':
      return tick(state, input.at)
  }
}
