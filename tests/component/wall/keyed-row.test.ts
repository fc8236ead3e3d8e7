/** A list that moves its rows is drawn where its order changed, and each row where it changed. */
import { mount } from '@vue/test-utils'
import { defineComponent, h, nextTick, shallowRef, TransitionGroup, type PropType } from 'vue'
import { expect, it } from 'vitest'
import { KeyedRow, useKeyedRows } from '../../../client/src/components/wall/keyed-row.ts'

interface Row {
  readonly id: string
  readonly word: string
}
const row = (id: string, word: string): Row => ({ id, word })

function open(first: readonly Row[]) {
  const rows = shallowRef(first)
  let drawn = 0
  const List = defineComponent({
    props: { rows: { type: Array as PropType<readonly Row[]>, required: true } },
    setup(props) {
      const { keys, of } = useKeyedRows(
        () => props.rows,
        ({ id }) => id,
      )
      const items = () => {
        drawn++
        return keys.value.map((key) =>
          h(KeyedRow, { id: key, key, of }, { default: ({ row: one }: { row: Row }) => h('li', one.word) }),
        )
      }
      // As a compiled template has it: slots that stay the same.
      const slots = { default: items, $stable: true }
      return () => h(TransitionGroup, { tag: 'ul', css: false }, slots)
    },
  })
  const list = mount(() => h(List, { rows: rows.value }), { global: { stubs: { TransitionGroup: false } } })
  const words = () => list.findAll('li').map((item) => item.text())
  return { rows, words, drawn: () => drawn }
}

it('draws a row that changed and not the list around it', async () => {
  const { rows, words, drawn } = open([row('a', '1'), row('b', '2')])
  expect(words()).toEqual(['1', '2'])
  const before = drawn()
  rows.value = [row('a', '1'), row('b', '3')]
  await nextTick()
  expect(words()).toEqual(['1', '3'])
  expect(drawn()).toBe(before)
})

it('draws the list where rows came, went or changed places', async () => {
  const { rows, words } = open([row('a', '1'), row('b', '2')])
  rows.value = [row('b', '2'), row('a', '1')]
  await nextTick()
  expect(words()).toEqual(['2', '1'])
  rows.value = [row('c', '5'), row('b', '4')]
  await nextTick()
  expect(words()).toEqual(['5', '4'])
  rows.value = []
  await nextTick()
  expect(words()).toEqual([])
})
