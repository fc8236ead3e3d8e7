/** `npm run city -- generate|import|check|classes …`: makes a city pack or its class table, or looks one over. What a pack is: docs/city-pack.md. */
import { resolve } from 'node:path'
import { generateCity, generator } from './city/generate-city.ts'
import { citySizes, type CitySize } from './city/plan.ts'
import { readArguments, UsageError } from './entrances/arguments.ts'
import { checkCommand, checkHelp } from './entrances/check-command.ts'
import { classesCommand, classesFlags, classesHelp } from './entrances/classes-command.ts'
import { importCommand, importFlags, importHelp } from './entrances/import-command.ts'
import { writePack } from './entrances/write-pack.ts'

const help = `Makes a city pack (docs/city-pack.md).

  generate --out DIR [--seed N] [--size full|small]
                                   the demo city; the same seed gives the same bytes (default 1, full)
  generator                        what makes it, as pack.json says it: its name and its edition
${importHelp}
${checkHelp}
${classesHelp}`

async function generate(argv: readonly string[]): Promise<void> {
  const args = readArguments(argv, ['seed', 'out', 'size'], [])
  const out = args.text('out')
  if (out === null) throw new UsageError('generate needs --out DIR')
  const seed = args.number('seed', 1, 0, 4_294_967_295)
  const size = (args.text('size') ?? 'full') as CitySize
  if (!citySizes.includes(size)) throw new UsageError(`--size is ${size}; allowed: ${citySizes.join(', ')}`)
  const files = generateCity(Math.trunc(seed), size)
  await writePack(resolve(out), files)
  console.log(`made the ${size} demo city with seed ${seed}: ${files.size} files in ${resolve(out)}`)
}

async function main(argv: readonly string[]): Promise<void> {
  const [verb, ...rest] = argv
  if (verb === undefined || verb === '--help' || rest.includes('--help')) return console.log(help)
  if (verb === 'generate') return generate(rest)
  if (verb === 'generator') return console.log(JSON.stringify(generator))
  if (verb === 'import') return importCommand(readArguments(rest, importFlags, []))
  if (verb === 'classes') return classesCommand(readArguments(rest, classesFlags, []))
  if (verb === 'check') return checkCommand(readArguments(rest, [], []))
  throw new UsageError(`unknown command ${verb}; allowed: generate, generator, import, check, classes, --help`)
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  // A person's mistake is said in one line; anything else is ours and shows where.
  console.error(error instanceof UsageError ? `city: ${error.message}` : error)
  process.exitCode = error instanceof UsageError ? 2 : 1
}
