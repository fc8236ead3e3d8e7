/** Nobody says it in the very words of another: remembers what was said lately of each class, without the place and numbers. */
const remembered = 3000
const mostTries = 8

/** What is left of a text when place, figures and stops are taken out: two alike here are alike to a reader. */
export const bareWords = (text: string, place: string): string =>
  text.replaceAll(place, '').replace(/[\d\s，。！？：；、,.!?]/g, '')

export function newWords(): (classCode: string, place: string, write: () => string) => string {
  const said = new Map<string, Set<string>>()
  return (classCode, place, write) => {
    const known = said.get(classCode) ?? new Set<string>()
    said.set(classCode, known)
    let text = write()
    for (let tries = 1; tries < mostTries && known.has(bareWords(text, place)); tries++) text = write()
    known.add(bareWords(text, place))
    // The oldest goes first: a set keeps its order.
    if (known.size > remembered) known.delete(known.values().next().value as string)
    return text
  }
}
