/** What algorithms say about a case or a draft, from what is published now. One that is switched off says nothing, and that it is off. */
import type { AlgorithmRow } from '../../../shared/model/algorithm.ts'
import type { DuplicateCandidate } from '../../../shared/model/duplicate.ts'
import type { Suggestions } from '../../../shared/model/suggestion.ts'
import { noSuggestions } from '../../../shared/model/suggestion.ts'
import { readFlags } from '../domain/advice/flag-reader.ts'
import type { SuggestedFor } from '../domain/advice/suggest.ts'
import { algorithmDescriptions } from '../domain/algorithm/descriptions.ts'
import { algorithmOf, algorithmRow, isAlgorithmOn } from '../domain/algorithm/state.ts'
import type { Draft } from '../domain/duplicate/candidates.ts'
import { findCandidates } from '../domain/duplicate/candidates.ts'
import type { City } from '../ports/city.ts'
import type { StateView } from '../ports/engine.ts'
import { adviceOf } from './advice-of.ts'

export interface AdviceDesk {
  /** Open cases it may be one more of, likeliest first. */
  duplicates(draft: Draft): { readonly isOn: boolean; readonly items: readonly DuplicateCandidate[] }
  suggestions(told: SuggestedFor): Suggestions
  /** 算法台账. */
  register(): readonly AlgorithmRow[]
}

export function createAdviceDesk(view: StateView, city: City): AdviceDesk {
  const advice = adviceOf(city)
  const isOn = (id: 'duplicates' | 'suggestions' | 'flags') => isAlgorithmOn(view.algorithms, id)
  return {
    duplicates(draft) {
      if (!isOn('duplicates')) return { isOn: false, items: [] }
      const readClass = isOn('suggestions') ? advice.readClass.bind(advice) : () => null
      return { isOn: true, items: findCandidates(view.cases, draft, readClass) }
    },
    suggestions(told) {
      const flags = isOn('flags') ? readFlags(told).filter(({ value }) => told.flags?.includes(value) !== true) : []
      if (!isOn('suggestions')) return { ...noSuggestions(false), flags }
      return { ...advice.suggest(told, view.filed), place: advice.suggestPlace(told, view.filed), flags }
    },
    register: () =>
      algorithmDescriptions.map((description) =>
        algorithmRow(description, algorithmOf(view.algorithms, description.id)),
      ),
  }
}
