/** What the API's description is made of: schemas as JSON Schema, and the shapes of questions and answers. */
import { z } from 'zod'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

export const schemaOf = (schema: z.ZodType): JsonObject => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return rest as unknown as JsonObject
}

export function queryOf(schema: z.ZodObject): Json[] {
  const { properties = {}, required = [] } = schemaOf(schema) as { properties?: JsonObject; required?: string[] }
  return Object.entries(properties).map(([name, inner]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: inner,
  }))
}

export const inPath = (name: string): Json => ({ name, in: 'path', required: true, schema: { type: 'string' } })
export const json = (schema: Json): JsonObject => ({ 'application/json': { schema } })
export const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` })
export const page = (row: string): JsonObject => ({
  type: 'object',
  required: ['items', 'next'],
  properties: {
    items: { type: 'array', items: { type: 'object', description: row } },
    next: { type: ['string', 'null'], description: 'give it back as `cursor`; null on the last page' },
  },
})
export const object = (description: string): JsonObject => ({ type: 'object', description })

export const errors: JsonObject = Object.fromEntries(
  ['400', '401', '403', '404', '429', '503'].map((status) => [
    status,
    { description: 'a refusal', content: json(ref('ErrorBody')) },
  ]),
)
export const get = (summary: string, answer: JsonObject, parameters: readonly Json[] = []): JsonObject => ({
  get: { summary, parameters, responses: { '200': { description: 'OK', content: json(answer) }, ...errors } },
})

/** A question with a body: nothing is kept of it. */
export const ask = (summary: string, answer: JsonObject, body: z.ZodType): JsonObject => ({
  post: {
    summary,
    requestBody: { required: true, content: json(schemaOf(body)) },
    responses: { '200': { description: 'OK', content: json(answer) }, ...errors },
  },
})
