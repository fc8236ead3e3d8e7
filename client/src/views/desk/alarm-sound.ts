/**
 * What is to be heard of the alarms on the page: only what the server lets sound, each announcement once, and a critical one again and again
 * until somebody acknowledges it. Pure: what has been heard is told from outside.
 */
import type { Alarm } from '../../../../shared/model/alarm.ts'
import { alarmSounds, type AlarmSound } from '../../../../shared/model/alarm-load.ts'

/** A critical alarm nobody has acknowledged sounds again after so long, ms. */
export const againMs = 5_000

/** By alarm: the announcement last heard of it. */
export type HeardAnnouncements = ReadonlyMap<string, number>

const audible = (alarms: readonly Alarm[]) =>
  alarms.flatMap(({ id, load }) =>
    load === undefined || load.sound === null ? [] : [{ id, sound: load.sound, announcedAt: load.announcedAt }],
  )

/** The gravest of these; null of none. */
const gravest = (sounds: readonly AlarmSound[]): AlarmSound | null =>
  alarmSounds.find((sound) => sounds.includes(sound)) ?? null

/** `unacknowledged`: all that wait now. The sound of what was announced since, and what will have been heard then. Of several at once only the gravest. */
export function newSound(
  unacknowledged: readonly Alarm[],
  heard: HeardAnnouncements,
): { readonly sound: AlarmSound | null; readonly heard: HeardAnnouncements } {
  const now = audible(unacknowledged)
  const news = now.filter(({ id, announcedAt }) => announcedAt > (heard.get(id) ?? Number.NEGATIVE_INFINITY))
  return {
    sound: gravest(news.map(({ sound }) => sound)),
    heard: new Map(now.map(({ id, announcedAt }) => [id, announcedAt])),
  }
}

/** Is there a critical one to be repeated? */
export const isCallingAgain = (unacknowledged: readonly Alarm[]): boolean =>
  audible(unacknowledged).some(({ sound }) => sound === 'critical')
