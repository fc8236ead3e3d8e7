/**
 * `Datastreams(1)/Thing/Locations` as steps. Guarantees: every step is possible in the standard's model; refuses the rest
 * with 404 (no such resource) or 400 (not a path at all).
 */
import { Refused } from '../http-door.ts'
import { refuse } from '../../../../shared/model/refusal.ts'
import { kindOfSet, navigationOf, propertyOf, type StaKind } from './words.ts'

export interface Step {
  /** Kind of what stands here after the step. */
  readonly kind: StaKind
  /** Navigation name, or the set's name in the first step. */
  readonly name: string
  /** A collection stands here, not one entity. */
  readonly many: boolean
  /** Picks one of a collection. */
  readonly id: number | null
}

export interface ResourcePath {
  readonly steps: readonly Step[]
  /** Property and the path inside it: `['properties', 'model']`. */
  readonly property: readonly string[]
  readonly form: 'plain' | 'value' | 'ref'
}

const noSuch = (text: string) => new Refused(refuse('NOT_FOUND', `no such resource: ${text.slice(0, 80)}`))

/** Ids are positive whole numbers here; any other well-formed key names nothing. */
function splitKey(part: string): { name: string; id: number | null } {
  const match = /^([A-Za-z]+)(?:\(([^()]*)\))?$/.exec(part)
  if (!match) throw noSuch(part)
  const [, name = '', key] = match
  if (key === undefined) return { name, id: null }
  const id = Number(key.trim())
  if (!/^\s*\d{1,15}\s*$/.test(key) || id < 1) throw noSuch(part)
  return { name, id }
}

/** Reads a decoded path below the service root, without its leading slash. */
export function parsePath(path: string): ResourcePath {
  const parts = path.split('/').filter((part) => part !== '')
  if (parts.length > 40) throw noSuch('a path of more than 40 steps')
  const steps: Step[] = []
  let property: string[] = []
  let form: ResourcePath['form'] = 'plain'
  for (const [index, part] of parts.entries()) {
    const last = index === parts.length - 1
    const here = steps.at(-1)
    if (part === '$ref' && last && here && property.length === 0) form = 'ref'
    else if (part === '$value' && last && property.length > 0) form = 'value'
    else if (property.length > 0) property = [...property, part]
    else if (!here) steps.push(firstStep(part))
    else if (here.many) throw noSuch(part)
    else if (propertyOf(here.kind, part) || part === 'id' || part.startsWith('@iot.')) property = [part]
    else steps.push(nextStep(here.kind, part))
  }
  return { steps, property, form }
}

function firstStep(part: string): Step {
  const { name, id } = splitKey(part)
  const kind = kindOfSet(name)
  if (!kind) throw noSuch(name)
  return { kind, name, many: id === null, id }
}

function nextStep(kind: StaKind, part: string): Step {
  const { name, id } = splitKey(part)
  const word = navigationOf(kind, name)
  if (!word || (!word.many && id !== null)) throw noSuch(part)
  return { kind: word.kind, name, many: word.many && id === null, id }
}
