/** Worker threads and child processes run the built server: make sure it is the present one. */
import { buildServer } from '../../scripts/build.mjs'

export default async function setup(): Promise<void> {
  await buildServer()
}
