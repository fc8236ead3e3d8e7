/** A small book of duty: five teams of four, by day and by night in turn. */
import { checkDutyBook } from '../../shared/contract/duty-book.ts'
import type { DutyBook } from '../../shared/model/duty-roster.ts'

const posts = ['leader', 'chief', 'accept', 'dispatch'] as const
const teams = ['A', 'B', 'C', 'D', 'E'] as const
const team = (at: number) => teams[at % teams.length]

export const bookJson = {
  officers: [
    ...teams.flatMap((team) =>
      posts.map((post) => ({
        id: `${team}-${post}`,
        name: `${team}班${post}`,
        nameEn: `${post} of ${team}`,
        phone: '021-5550-1000',
        posts: post === 'accept' ? ['accept', 'dispatch'] : [post],
      })),
    ),
    { id: 'spare', name: '备勤', nameEn: 'Spare', phone: '021-5550-1001', posts: ['accept', 'dispatch'] },
  ],
  teams: teams.map((id) => ({
    id,
    name: { zh: `${id}班`, en: `Team ${id}` },
    members: posts.map((post) => ({ post, officerId: `${id}-${post}` })),
  })),
  from: '2026-08-01',
  cycle: teams.map((_, day) => ({
    ...{ day: team(day), night: team(day + 4), dayReserve: team(day + 1), nightReserve: team(day + 3) },
  })),
  strengthened: { posts: ['accept'], dates: [{ date: '2026-08-03', name: '灯会' }] },
}

const checked = checkDutyBook(bookJson)
if (!checked.ok) throw new Error(checked.problems.join('; '))
export const book: DutyBook = checked.value
