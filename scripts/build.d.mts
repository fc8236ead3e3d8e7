export const root: string
export function buildServer(): Promise<boolean>
export function buildClient(): Promise<boolean>
export function buildDesign(): Promise<boolean>
