/** One picture over several machines: which machine shows what, and what no layout may be. */
import { describe, expect, it } from 'vitest'
import { checkProgramme } from '../../../shared/contract/display.ts'
import { canvasProblem, machinesOf, placeOf, type WallPart } from '../../../shared/model/display-place.ts'

const name = { zh: '大厅', en: 'Hall' }
const part = (id: string, x: number, y = 0, width = 1920, height = 1080): WallPart => ({ id, x, y, width, height })
const canvas = (...parts: WallPart[]) => ({ width: 3840, height: 1080, parts })
const hall = { id: 'hall', name, canvas: canvas(part('left', 0), part('right', 1920)) }
const lobby = { id: 'lobby', name }

describe('the place of a machine', () => {
  it('is its part of a display’s canvas, the whole of it, or a display of its own', () => {
    const displays = [lobby, hall]
    expect(placeOf(displays, 'right')).toEqual({ display: 'hall', canvas: hall.canvas, part: part('right', 1920) })
    expect(placeOf(displays, 'hall')).toEqual({ display: 'hall', canvas: hall.canvas, part: null })
    expect(placeOf(displays, 'lobby')).toEqual({ display: 'lobby', canvas: null, part: null })
    expect(placeOf(displays, 'cellar')).toEqual({ display: 'cellar', canvas: null, part: null })
    expect(placeOf(displays, null)).toEqual({ display: null, canvas: null, part: null })
  })
  it('machines that ought to be on are the parts, else the display', () => {
    expect(machinesOf([lobby, hall])).toEqual(['lobby', 'left', 'right'])
  })
})

describe('a canvas', () => {
  it('has parts that touch, and none that overlap by a unit', () => {
    expect(canvasProblem(canvas(part('a', 0), part('b', 1920)))).toBeNull()
    expect(canvasProblem(canvas(part('a', 0), part('b', 1919)))).toBe('parts a and b overlap')
    expect(canvasProblem(canvas(part('a', 0, 0, 3840, 540), part('b', 0, 540, 3840, 540)))).toBeNull()
    expect(canvasProblem(canvas(part('a', 0, 0, 3840, 541), part('b', 0, 540, 3840, 540)))).toBe(
      'parts a and b overlap',
    )
  })
  it('has no part beyond its edge', () => {
    expect(canvasProblem(canvas(part('a', 1920)))).toBeNull()
    expect(canvasProblem(canvas(part('a', 1921)))).toBe('part a reaches beyond the canvas of 3840 by 1080')
    expect(canvasProblem(canvas(part('a', 0, 1)))).toBe('part a reaches beyond the canvas of 3840 by 1080')
  })
  it('is refused in displays.json with the place where it is wrong', () => {
    const problems = (...displays: object[]) => {
      const checked = checkProgramme({ displays })
      return checked.ok ? [] : checked.problems
    }
    expect(problems(hall, lobby)).toEqual([])
    expect(problems({ ...hall, canvas: canvas(part('a', 0), part('b', 1)) })).toEqual([
      'displays.json: displays.0.canvas.parts: parts a and b overlap',
    ])
    expect(problems({ ...hall, canvas: { width: 3840, height: 1080, parts: [] } })[0]).toContain(
      'displays.0.canvas.parts',
    )
    expect(problems({ ...hall, canvas: canvas(part('a', 0, 0, 159)) })[0]).toContain('displays.0.canvas.parts.0.width')
  })
  it('shares its names with all other displays', () => {
    const named = (id: string) => checkProgramme({ displays: [hall, { id, name }] }).ok
    expect(named('cellar')).toBe(true)
    expect(named('left')).toBe(false)
    expect(named('hall')).toBe(false)
  })
})
