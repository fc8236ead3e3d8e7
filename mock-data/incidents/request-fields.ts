/** A citizen's request as the fields of an Open311 form. */
import type { CitizenRequest } from './citizen-request.ts'

export const requestFields = ({
  serviceCode,
  site,
  hasPosition,
  description,
  name,
  phone,
  accountId,
}: CitizenRequest): Record<string, string> => ({
  service_code: serviceCode,
  description,
  address_string: site.words,
  last_name: name,
  phone,
  ...(accountId === null ? {} : { account_id: accountId }),
  ...(hasPosition ? { lat: site.position[1].toFixed(6), long: site.position[0].toFixed(6) } : {}),
})
