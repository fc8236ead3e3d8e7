/**
 * The city pack: one folder that says all a deployment knows about its city. Made by a generator, an import or by hand;
 * read by the server at its start (all but `devices.json`, which belongs to whoever plays the devices).
 * What each file holds, with examples: docs/city-pack.md.
 */
import { z } from 'zod'
import { ruleSenses, type AlarmRule } from '../model/alarm.ts'
import { priorityOf, severities } from '../model/alarm-priority.ts'
import { operatingModes } from '../model/mode.ts'
import type { CaseClass } from '../model/case-class.ts'
import type { Department } from '../model/division.ts'
import { roadClasses } from '../model/roads.ts'
import { shifts } from '../model/shift.ts'
import type { WorkingCalendar } from '../model/working-calendar.ts'
import { caseClassSchema } from './case-class.ts'
import { planSchema } from './response-plan.ts'

const id = z.string().trim().min(1).max(64)
const name = z.string().trim().min(1).max(120)
const optionalName = z.string().trim().max(120).default('')
const term = z.object({ zh: z.string().min(1).max(300), en: z.string().min(1).max(300) })

/** Longitude first, WGS 84 degrees; a height behind them is allowed and not used. */
const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)], z.number())
const place = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]).readonly()
/** A closed ring: at least three corners, the first said again at the end. */
const ring = z.array(position).min(4)
const polygon = z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1) })
const multiPolygon = z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ring).min(1)).min(1) })
const area = z.discriminatedUnion('type', [polygon, multiPolygon])
const line = z.object({ type: z.literal('LineString'), coordinates: z.array(position).min(2) })
const point = z.object({ type: z.literal('Point'), coordinates: position })
export type AreaGeometry = z.infer<typeof area>

const feature = <P extends z.ZodType, G extends z.ZodType>(properties: P, geometry: G) =>
  z.object({ type: z.literal('Feature'), properties, geometry })

/** An IANA zone this JavaScript engine knows. */
const timeZone = z.string().refine((zone) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}, 'not a time zone this system knows, for example Asia/Shanghai')

export const coordinateSystems = ['WGS84', 'GCJ02', 'BD09', 'CGCS2000'] as const
export type CoordinateSystem = (typeof coordinateSystems)[number]

/** `pack.json` */
export const packHeadSchema = z.object({
  /** Format of the pack. */
  format: z.literal(1),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'small letters, digits and hyphens'),
  name,
  nameEn: name,
  timeZone,
  /** The pack's own edition; any text. */
  version: z.string().min(1).max(40),
  /** The program that made the pack, and its edition; left out where a person did. */
  generator: z.object({ name: z.string().min(1).max(40), version: z.string().min(1).max(40) }).optional(),
  /** Seed a generated pack was made with. */
  seed: z.number().int().optional(),
  /**
   * What the positions of all files are written in; the server turns them into WGS 84 as it reads. CGCS2000 (geographic)
   * equals WGS 84 to within centimetres.
   */
  crs: z.enum(coordinateSystems).default('WGS84'),
  /** Whose data this is, shown with the map. */
  attribution: z.string().max(300).default(''),
})
export type PackHead = z.infer<typeof packHeadSchema>

/** `divisions.geojson` */
export const divisionFeatureSchema = feature(
  z.object({
    id,
    name,
    nameEn: optionalName,
    /** 2 = district, 3 = street or neighbourhood. */
    level: z.literal([2, 3]),
    /** The district a level 3 division belongs to; null for a district, or where none is known. */
    parentId: id.nullable().default(null),
  }),
  area,
)
export type DivisionFeature = z.infer<typeof divisionFeatureSchema>

/** `grids.geojson`: what lies below streets. */
export const gridFeatureSchema = feature(
  z.object({
    /** The code: GB/T 30428.1 builds it from the division's. */
    id,
    name: optionalName,
    /** 4 = responsibility grid (责任网格), 5 = unit grid (单元网格). */
    level: z.literal([4, 5]),
    /** The street of a responsibility grid, the responsibility grid of a unit grid. */
    parentId: id.nullable().default(null),
  }),
  area,
)
export type GridFeature = z.infer<typeof gridFeatureSchema>

/** `roads.geojson`: lines that meet share a vertex; where they cross without one, they do not meet. */
export const roadFeatureSchema = feature(
  z.object({
    class: z.enum(roadClasses),
    speedKmh: z.number().min(3).max(150),
    /** Travel only in the line's own direction. */
    oneway: z.boolean().default(false),
    name: optionalName,
    nameEn: optionalName,
    bridge: z.boolean().default(false),
    tunnel: z.boolean().default(false),
  }),
  line,
)
export type RoadFeature = z.infer<typeof roadFeatureSchema>

export const railKinds = ['rail', 'metro', 'tram'] as const
/** `rail.geojson`. Stations are places of kind `station` or `metro-station`. */
export const railFeatureSchema = feature(
  z.object({
    kind: z.enum(railKinds),
    name: optionalName,
    nameEn: optionalName,
    tunnel: z.boolean().default(false),
    bridge: z.boolean().default(false),
  }),
  line,
)
export type RailFeature = z.infer<typeof railFeatureSchema>

/** `water.geojson`, `green.geojson` */
export const groundFeatureSchema = feature(
  z.object({ kind: z.string().max(40).default(''), name: optionalName, nameEn: optionalName }),
  z.discriminatedUnion('type', [polygon, multiPolygon, line]),
)
export type GroundFeature = z.infer<typeof groundFeatureSchema>

/** `buildings.geojson` */
export const buildingFeatureSchema = feature(
  z.object({
    /** Metres above ground. */
    height: z.number().min(0).max(1000),
    name: optionalName,
  }),
  area,
)
export type BuildingFeature = z.infer<typeof buildingFeatureSchema>

/** `places.geojson`: what people steer by. */
export const placeFeatureSchema = feature(z.object({ id, name, nameEn: optionalName, kind: z.string().max(40) }), point)
export type PlaceFeature = z.infer<typeof placeFeatureSchema>

/** The map layers of a pack and what a feature of each must be. A layer's file is `NAME.geojson`. */
export const layerSchemas = {
  divisions: divisionFeatureSchema,
  grids: gridFeatureSchema,
  roads: roadFeatureSchema,
  rail: railFeatureSchema,
  water: groundFeatureSchema,
  green: groundFeatureSchema,
  buildings: buildingFeatureSchema,
  places: placeFeatureSchema,
} as const
export type LayerName = keyof typeof layerSchemas
export const layerNames = Object.keys(layerSchemas) as LayerName[]
export type LayerFeature<N extends LayerName> = z.infer<(typeof layerSchemas)[N]>

/** `departments.json` */
export const departmentSchema = z.object({
  id,
  name,
  nameEn: name,
  /** Case classes, or their leading characters, it leads where the class table names nobody. */
  classes: z.array(id).max(200).readonly().default([]),
})

/** `crews.json`: a row enrols one crew. */
export const crewSchema = z.object({
  unitId: z.string().regex(/^[A-Z0-9][A-Z0-9-]{0,31}$/, 'capital letters, digits and hyphens'),
  name,
  kind: id,
  /** Case classes, or their leading characters, it can handle; empty = all. */
  capabilities: z.array(id).max(100).readonly().default([]),
  departmentId: id.nullable().default(null),
  station: place.nullable().default(null),
  /** What its station is called. */
  stationName: optionalName,
  /** When it works: day 08:00-20:00, night 20:00-08:00, or in turns round the clock. */
  shift: z.enum(shifts).default('round-the-clock'),
  /** 一车组多车: vehicles that name the same people here share them, and only one of them can be out. Empty = its own. */
  staffedBy: z.string().trim().max(64).default(''),
})
export type CrewRow = z.infer<typeof crewSchema>

/** `devices.json`: what stands in the streets. Read by those who play the devices, never by the server. */
export const deviceSchema = z.object({
  /** Unique in the city; registered as the Thing's `properties.deviceCode`. */
  code: id,
  name,
  /** Sensor kind. */
  kind: id,
  position: place,
  /** Where it stands, in words. */
  site: optionalName,
  /** The gateway it speaks through: silent together. */
  gateway: z.string().trim().max(64).default(''),
  /** 责任单位: the department that answers for it. */
  departmentId: id.nullable().default(null),
})
export type DeviceRow = z.infer<typeof deviceSchema>

/** `cameras.json`: where the city's cameras stand; their pictures come from the video platform (GB/T 28181). */
export const cameraSchema = z.object({
  /** 20 digits. */
  id: z.string().regex(/^\d{20}$/, '20 digits (GB/T 28181)'),
  name,
  position: place,
  /** 1 dome, 2 half dome, 3 fixed, 4 remote fixed, 5 remote half dome, 6 panorama, 7 split. */
  ptzType: z.number().int().min(1).max(7),
  /** Degrees clockwise from north it looks to; null where it turns. */
  headingDeg: z.number().min(0).lt(360).nullable().default(null),
  departmentId: id.nullable().default(null),
})
export type CameraRow = z.infer<typeof cameraSchema>

/** `parts.json`: 部件, the street furniture a city looks after (GB/T 30428.2). */
export const partSchema = z.object({
  /** 16 digits: division 6, class 4, number 6. */
  code: z.string().regex(/^\d{16}$/, '16 digits: division 6, class 4, number 6'),
  /** Its case class: P and four digits. */
  classCode: z.string().regex(/^P\d{4}$/, 'P and four digits'),
  position: place,
  /** Responsibility grid it stands in. */
  gridId: id.nullable().default(null),
  /** 主管部门. */
  departmentId: id.nullable().default(null),
})
export type PartRow = z.infer<typeof partSchema>

const clockTime = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/, 'HH:MM')
/** `calendar.json`: when the city's offices work. */
export const calendarSchema: z.ZodType<WorkingCalendar> = z.object({
  /** Working hours of a working day, in the city's zone, in order. */
  hours: z
    .array(z.object({ from: clockTime, to: clockTime }))
    .min(1)
    .readonly(),
  /** Days of the week that are off: 1 = Monday … 7 = Sunday. */
  weekend: z.array(z.number().int().min(1).max(7)).max(6).readonly(),
  /** 调休: days that are not what their weekday says. */
  days: z
    .array(
      z.object({
        date: z.iso.date(),
        kind: z.enum(['holiday', 'workday']),
        name: optionalName,
      }),
    )
    .max(4000)
    .readonly()
    .default([]),
})

const ms = z.number().int().min(0)
const clockOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM')
/** When, where and in which mode a rule is in force. */
const ruleScopeSchema = z.object({
  modes: z.array(z.enum(operatingModes)).min(1).readonly().exactOptional(),
  districtIds: z.array(id).min(1).max(500).readonly().exactOptional(),
  calendar: z.enum(['working-hours', 'outside-working-hours']).exactOptional(),
  hours: z.object({ from: clockOfDay, to: clockOfDay }).exactOptional(),
})
/** 合理化记录: why the rule is as it is, and who approved it. */
const rationaleSchema = z.object({
  cause: term,
  severity: z.enum(severities),
  respondWithinMs: z.number().int().min(1),
  owner: name,
  approvedBy: name.or(z.literal('')),
  approvedOn: z.iso.date(),
  priorityReason: term.exactOptional(),
})

/** `alarm-rules.json`, in place of the built-in table. What came later than the first packs may be left out. */
export const alarmRuleSchema = z
  .object({
    id,
    version: z.number().int().min(1),
    /** A sensor kind, `*` for any, or `gateway`. */
    kind: id,
    sense: z.enum(ruleSenses),
    limit: z.number(),
    deadband: z.number().min(0),
    onDelayMs: ms,
    onReadings: z.number().int().min(1),
    offDelayMs: ms,
    priority: z.literal([1, 2, 3, 4]),
    name: term,
    consequence: term,
    action: term,
    opensIncident: z.object({ classCode: id }).exactOptional(),
    classCode: id,
    windowMs: z.number().int().min(1).exactOptional(),
    latch: z.boolean().exactOptional(),
    enabled: z.boolean().exactOptional(),
    reAlarm: z.object({ afterMs: z.number().int().min(1000), most: z.number().int().min(1).max(100) }).exactOptional(),
    scope: ruleScopeSchema.exactOptional(),
    rationale: rationaleSchema.exactOptional(),
  })
  .superRefine((rule, ctx) => {
    const wrong = (path: string[], message: string) => ctx.addIssue({ code: 'custom', path, message })
    const { sense, windowMs, rationale, scope } = rule
    if ((sense === 'rise' || sense === 'fall') && windowMs === undefined)
      wrong(['windowMs'], `a rule of sense ${sense} says within which time`)
    if (sense === 'no-data' && rule.limit < 1) wrong(['limit'], 'at least 1 report interval')
    if ((sense === 'rise' || sense === 'fall') && rule.limit <= 0) wrong(['limit'], 'a change is above 0')
    if (sense === 'deviation' && rule.priority < 3)
      wrong(['priority'], 'a rule about deviations raises P3 or P4 until a person promotes it')
    if (sense === 'deviation' && rule.opensIncident !== undefined)
      wrong(['opensIncident'], 'a rule about deviations opens no case by itself')
    if (sense === 'deviation' && rule.limit < 1) wrong(['limit'], 'at least 1: as far off as ever before')
    if (scope?.hours !== undefined && scope.hours.from === scope.hours.to)
      wrong(['scope', 'hours', 'to'], 'must not be when it begins')
    if (rationale === undefined) return
    const priority = priorityOf(rationale.severity, rationale.respondWithinMs)
    if (priority !== rule.priority && rationale.priorityReason === undefined)
      wrong(['priority'], `the matrix says ${priority}: say why not in rationale.priorityReason`)
  })

/** Files that are a list of rows, and what a row of each must be. */
export const tableSchemas = {
  'departments.json': departmentSchema,
  'crews.json': crewSchema,
  'devices.json': deviceSchema,
  'cameras.json': cameraSchema,
  'parts.json': partSchema,
  'case-classes.json': caseClassSchema,
  'alarm-rules.json': alarmRuleSchema,
  'plans.json': planSchema,
} as const
export type TableFile = keyof typeof tableSchemas
export type TableRow<F extends TableFile> = z.infer<(typeof tableSchemas)[F]>

// What is read here is used as the model's own rows: drift between the two must not compile.
type Fits<A, B> = [A] extends [B] ? true : never
export const packRowsFitModel: [
  Fits<z.infer<typeof departmentSchema>, Department>,
  Fits<z.infer<typeof caseClassSchema>, CaseClass>,
  Fits<z.infer<typeof alarmRuleSchema>, AlarmRule>,
] = [true, true, true]
