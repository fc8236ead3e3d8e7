export interface Generator {
  readonly name: string
  readonly version: string
}
export type CityPlan =
  | { readonly kind: 'make' | 'make-anew'; readonly seed: number; readonly size: 'full' | 'small' }
  | { readonly kind: 'keep' }
  | { readonly kind: 'keep-old'; readonly line: string }
type Env = Readonly<Record<string, string | undefined>>
export function cityPlan(dataDir: string, env: Env, current: Generator): CityPlan
export function ensureDemoCity(
  dataDir: string,
  env: Env,
  current: Generator,
  does: {
    readonly make: (pack: string, plan: { readonly seed: number; readonly size: string }) => Promise<void>
    readonly say: (line: string) => void
  },
): Promise<string>
