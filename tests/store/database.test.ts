import { expect, it } from 'vitest'
import { BinaryArray } from '../../server/src/store/binary-array.ts'
import { DatabaseFault } from '../../server/src/store/worker-protocol.ts'
import { onEveryDatabase } from '../support/every-database.ts'

onEveryDatabase('database', (stores) => {
  it('reads back arrays of every type as they were sent', async () => {
    const { database } = await stores.open()
    const at = new Date('2026-03-10T12:00:00.123Z')
    const [row] = await database.query(
      `select ($1::bigint[])[1] as big, ($1::bigint[])[2] as nothing, ($2::float8[])[1] as nan, ($2::float8[])[2] as huge,
        ($2::float8[])[3] as least, ($3::text[])[1] as text, ($3::text[])[2] as word, ($3::text[])[3] as empty,
        ($3::text[])[4] is null as is_null, ($4::timestamptz[])[1] as at, ($5::jsonb[])[1] as json, ($6::boolean[])[2] as no,
        cardinality($7::int[]) as none, ($8::smallint[])[2] as typed`,
      [
        [9_007_199_254_740_991, null],
        [Number.NaN, 1.7976931348623157e308, 5e-324],
        ['a "quoted", {braced} \\ back', 'NULL', '', null],
        [at],
        [{ name: '积水 "x"', deep: [1, null] }],
        [true, false],
        [],
        Int16Array.of(-1, 2),
      ],
    )
    expect(row).toEqual({
      big: 9_007_199_254_740_991,
      nothing: null,
      nan: Number.NaN,
      huge: 1.7976931348623157e308,
      least: 5e-324,
      text: 'a "quoted", {braced} \\ back',
      word: 'NULL',
      empty: '',
      is_null: true,
      at,
      json: { name: '积水 "x"', deep: [1, null] },
      no: false,
      none: 0,
      typed: 2,
    })
  })

  it('reads back binary arrays as they were sent', async () => {
    const { database } = await stores.open()
    const whole = [0, -1, 4_294_967_295, -4_294_967_297, 9_007_199_254_740_991, -9_007_199_254_740_991]
    const texts = ['', '{"a": "\\\\ 下穿道 😀"}', null, 'a\0b', 'a\ud800b']
    const floats = [Number.NaN, 0.1, 1.7976931348623157e308, 5e-324, Number.NEGATIVE_INFINITY]
    const [row] = await database.query(
      `select array_to_json($1::bigint[])::text as whole, ($2::float8[])::text as floats, ($3::int[])[1] as least,
        ($4::smallint[])[2] as small, cardinality($5::bigint[]) as none, array_to_json($6::text[])::text as texts,
        cardinality($7::text[]) as empty`,
      [
        BinaryArray.ofNumbers('int8', whole),
        BinaryArray.ofNumbers('float8', floats),
        BinaryArray.ofNumbers('int4', [-2_147_483_648]),
        BinaryArray.ofNumbers('int2', [1, -32_768]),
        BinaryArray.ofNumbers('int8', []),
        BinaryArray.ofTexts(texts),
        BinaryArray.ofTexts([]),
      ],
    )
    expect(row).toEqual({
      whole: JSON.stringify(whole),
      floats: '{NaN,0.1,1.7976931348623157e+308,5e-324,-Infinity}',
      least: -2_147_483_648,
      small: -32_768,
      none: 0,
      texts: JSON.stringify(['', '{"a": "\\\\ 下穿道 😀"}', null, 'a\uFFFDb', 'a\uFFFDb']),
      empty: 0,
    })
  })

  it('reads back scalars, and text that UTF-8 or PostgreSQL cannot hold as U+FFFD', async () => {
    const { database } = await stores.open()
    const [row] = await database.query(
      'select $1::text as nul, $2::text as half, $3::bigint as n, $4::jsonb as json, $5::text as nothing, $6::float8 as x',
      ['a\0b', 'a\ud800b', 42, { a: [1] }, undefined, Number.NEGATIVE_INFINITY],
    )
    expect(row).toEqual({
      nul: 'a\uFFFDb',
      half: 'a\uFFFDb',
      n: 42,
      json: { a: [1] },
      nothing: null,
      x: Number.NEGATIVE_INFINITY,
    })
  })

  it('keeps nothing of a transaction that failed, and goes on', async () => {
    const { database } = await stores.open()
    await database.script('create table note (id int primary key)')
    const insert = (id: number) => ({ sql: 'insert into note values ($1)', params: [id] })
    await expect(database.transaction([insert(1), insert(2), insert(1)])).rejects.toThrow(DatabaseFault)
    await expect(database.transaction([insert(1), insert(1)])).rejects.toMatchObject({ code: '23505' })
    await database.transaction([insert(3)])
    expect(await database.query('select id from note')).toEqual([{ id: 3 }])
  })

  it('answers the rows of each statement of a transaction', async () => {
    const { database } = await stores.open()
    const rows = await database.transaction([{ sql: 'select 1 as a' }, { sql: 'select 2 as b where false' }])
    expect(rows).toEqual([[{ a: 1 }], []])
  })

  it('runs transactions that were asked for at once one after another', async () => {
    const { database } = await stores.open()
    await database.script('create table tally (n int not null); insert into tally values (0)')
    const step = [{ sql: 'update tally set n = n + 1 returning n' }]
    const rows = await Promise.all(Array.from({ length: 50 }, () => database.transaction(step)))
    expect(rows.map(([result]) => result?.[0]?.n)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1))
  })

  it('refuses more waiting statements than it can hold', async () => {
    const { database } = await stores.open()
    const answers = await Promise.allSettled(
      Array.from({ length: 2_100 }, () => database.transaction([{ sql: 'select 1' }])),
    )
    const refused = answers.filter((answer) => answer.status === 'rejected')
    expect(refused).toHaveLength(100)
    expect(String(refused[0]?.reason)).toContain('overloaded')
  })

  it('keeps its identity and its tables when it is opened again', async () => {
    const first = await (await stores.open()).engineStore.open()
    const second = await (await stores.reopen()).engineStore.open()
    expect(second).toEqual(first)
    expect(first).toMatchObject({ headSeq: 0, headHash: '0'.repeat(64), maxReadingId: 0, snapshot: null })
  })

  it('does not open tables of a newer version', async () => {
    const { database } = await stores.open()
    await database.query('insert into schema_version (version) values (999)')
    await expect(stores.reopen()).rejects.toThrow('newer version')
  })
})
