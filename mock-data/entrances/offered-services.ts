/** The services the Open311 door offers: the case classes this city has. */
import { z } from 'zod'
import type { DoorClient } from './door-client.ts'

const servicesSchema = z.array(z.object({ service_code: z.string() }))

/** Codes of all services; throws DoorRefusal where the door is shut. */
export async function offeredServices(client: DoorClient): Promise<ReadonlySet<string>> {
  const services = servicesSchema.parse(await client.askJson({ path: '/open311/v2/services.json' }))
  return new Set(services.map((service) => service.service_code))
}
