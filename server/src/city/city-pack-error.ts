/** A pack that cannot be used, with all that is wrong with it. */
export class CityPackError extends Error {
  readonly problems: readonly string[]
  constructor(dir: string, problems: readonly string[]) {
    super(`The city pack ${dir} cannot be used:\n  ${problems.join('\n  ')}`)
    this.name = 'CityPackError'
    this.problems = problems
  }
}
