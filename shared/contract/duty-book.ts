/** `duty.json` of a city pack: officers, teams and the cycle they take turns by. Absent = no roster is kept here. */
import { z } from 'zod'
import { customaryAttendance } from '../model/attendance-rules.ts'
import { dutyPosts, type DutyBook } from '../model/duty-roster.ts'
import type { Checked } from './pack-check.ts'

const id = z.string().trim().min(1).max(64)
const name = z.string().trim().min(1).max(60)
const term = z.object({ zh: name, en: name })
const post = z.enum(dutyPosts)
const date = z.iso.date()
const minutes = z.number().int().min(0).max(720)

export const dutyBookSchema = z.strictObject({
  officers: z
    .array(
      z.strictObject({
        id,
        name,
        nameEn: name,
        phone: z.string().trim().max(40).default(''),
        posts: z.array(post).min(1).max(dutyPosts.length).readonly(),
        account: id.exactOptional(),
      }),
    )
    .min(1)
    .max(500)
    .readonly(),
  teams: z
    .array(
      z.strictObject({
        id,
        name: term,
        members: z
          .array(z.strictObject({ post, officerId: id }))
          .min(1)
          .max(60)
          .readonly(),
      }),
    )
    .min(1)
    .max(40)
    .readonly(),
  from: date,
  cycle: z
    .array(z.strictObject({ day: id, night: id, dayReserve: id, nightReserve: id }))
    .min(1)
    .max(100)
    .readonly(),
  strengthened: z
    .strictObject({
      posts: z.array(post).max(dutyPosts.length).readonly().default(['leader', 'accept', 'dispatch']),
      dates: z.array(z.strictObject({ date, name })).max(200).readonly().default([]),
    })
    .prefault({}),
  attendance: z
    .strictObject({
      opensMin: minutes.default(customaryAttendance.opensMin),
      lateAfterMin: minutes.default(customaryAttendance.lateAfterMin),
      absentAfterMin: minutes.default(customaryAttendance.absentAfterMin),
      rollCallMin: minutes.min(1).default(customaryAttendance.rollCallMin),
    })
    .prefault({}),
})

/** What the book says of itself that does not hold together. */
function looseEndsOf({ officers, teams, cycle, attendance }: DutyBook): string[] {
  const problems: string[] = []
  const byId = new Map(officers.map((officer) => [officer.id, officer]))
  if (byId.size < officers.length) problems.push('officers: two have the same id')
  const accounts = officers.flatMap(({ account }) => account ?? [])
  if (new Set(accounts).size < accounts.length) problems.push('officers: two have the same account')
  const { lateAfterMin, absentAfterMin } = attendance
  if (absentAfterMin < lateAfterMin) problems.push('attendance.absentAfterMin: nobody is absent before they are late')
  const teamIds = new Set(teams.map((team) => team.id))
  if (teamIds.size < teams.length) problems.push('teams: two have the same id')
  teams.forEach((team, at) => {
    team.members.forEach((member, n) => {
      const officer = byId.get(member.officerId)
      const where = `teams.${at}.members.${n}`
      if (officer === undefined) problems.push(`${where}.officerId: no officer ${member.officerId}`)
      else if (!officer.posts.includes(member.post)) problems.push(`${where}.post: ${officer.id} may not sit there`)
    })
    for (const needed of ['leader', 'chief'] as const)
      if (team.members.filter((member) => member.post === needed).length !== 1)
        problems.push(`teams.${at}.members: a team has one ${needed}`)
  })
  cycle.forEach((turn, at) => {
    for (const part of ['day', 'night', 'dayReserve', 'nightReserve'] as const)
      if (!teamIds.has(turn[part])) problems.push(`cycle.${at}.${part}: no team ${turn[part]}`)
    if (new Set(Object.values(turn)).size < 4)
      problems.push(`cycle.${at}: one team cannot be on duty twice, nor be its own reserve`)
  })
  return problems
}

/** Checks `duty.json`; problems name file and field. */
export function checkDutyBook(json: unknown): Checked<DutyBook> {
  const parsed = dutyBookSchema.safeParse(json)
  const problems = parsed.success
    ? looseEndsOf(parsed.data)
    : parsed.error.issues.map(
        ({ path, message }) => `${path.length > 0 ? `${path.map(String).join('.')}: ` : ''}${message}`,
      )
  if (parsed.success && problems.length === 0) return { ok: true, value: parsed.data }
  return { ok: false, problems: problems.slice(0, 20).map((problem) => `duty.json: ${problem}`) }
}
