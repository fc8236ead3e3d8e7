import { describe, expect, it } from 'vitest'
import { cutLine, type Position } from '../../../mock-data/osm/ground.ts'
import type { BBox } from '../../../shared/model/geo.ts'

const box: BBox = [0, 0, 10, 10]

describe('a line cut at a box', () => {
  it.each<[string, Position[], Position[][]]>([
    [
      'stays whole inside',
      [
        [1, 1],
        [2, 2],
        [3, 1],
      ],
      [
        [
          [1, 1],
          [2, 2],
          [3, 1],
        ],
      ],
    ],
    [
      'ends at the edge',
      [
        [5, 5],
        [15, 5],
      ],
      [
        [
          [5, 5],
          [10, 5],
        ],
      ],
    ],
    [
      'begins at the edge',
      [
        [-5, 5],
        [5, 5],
      ],
      [
        [
          [0, 5],
          [5, 5],
        ],
      ],
    ],
    [
      'crosses without a point within',
      [
        [-5, -5],
        [15, 15],
      ],
      [
        [
          [0, 0],
          [10, 10],
        ],
      ],
    ],
    [
      'comes back as a part of its own',
      [
        [1, 1],
        [1, 15],
        [3, 15],
        [3, 1],
      ],
      [
        [
          [1, 1],
          [1, 10],
        ],
        [
          [3, 10],
          [3, 1],
        ],
      ],
    ],
    [
      'is two parts where its points lie on the edge',
      [
        [1, 1],
        [1, 10],
        [2, 12],
        [3, 10],
        [3, 1],
      ],
      [
        [
          [1, 1],
          [1, 10],
        ],
        [
          [3, 10],
          [3, 1],
        ],
      ],
    ],
    [
      'runs along the edge',
      [
        [-1, 0],
        [11, 0],
      ],
      [
        [
          [0, 0],
          [10, 0],
        ],
      ],
    ],
    [
      'is nothing where it only touches',
      [
        [-5, 5],
        [5, -5],
      ],
      [],
    ],
    [
      'is nothing outside',
      [
        [11, 1],
        [12, 9],
      ],
      [],
    ],
    ['is nothing of one point', [[1, 1]], []],
  ])('%s', (_, line, parts) => {
    expect(cutLine(line, box)).toEqual(parts)
  })

  it('ends although an end never comes to lie on the edge exactly', () => {
    const line = [
      [0.009, 0],
      [0, 0.002],
      [0.003, 0.001],
      [0, 0.006],
      [0.007, 0.002],
      [0.007, 0.007],
      [0.001, 0.001],
      [0.008, 0.009],
    ] as const
    const cut = cutLine(line, [0.0012, 0.0012, 0.0063, 0.0047])
    expect(cut.flat().every(([lon, lat]) => lon >= 0.0012 && lon <= 0.0063 && lat >= 0.0012 && lat <= 0.0047)).toBe(
      true,
    )
    expect(cut.length).toBeGreaterThan(0)
  })
})
