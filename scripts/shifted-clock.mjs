/**
 * Loaded before the programs of a city that is pictured (`--import`, also into their workers): their clock is `CLOCK_SHIFT_MS` off the machine's, so that a
 * picture's hour is its own and not that of whoever takes it. The pages follow the server's clock anyway.
 */
const shiftMs = Number(process.env.CLOCK_SHIFT_MS ?? 0)
const real = Date.now
Date.now = () => real() + shiftMs
globalThis.Date = new Proxy(Date, {
  construct: (target, given, made) => Reflect.construct(target, given.length === 0 ? [target.now()] : given, made),
})
