import { describe, expect, it } from 'vitest'
import {
  keyCap,
  keyShortcut,
  meaningOf,
  type DeskMode,
  type Focus,
  type KeyPress,
} from '../../../client/src/views/desk/desk-keys.ts'

const press = (key: string, over: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  repeat: false,
  ...over,
})
const modes: DeskMode[] = ['queue', 'crews', 'place', 'dialog']
const focuses: Focus[] = ['page', 'field', 'button', 'map']
const keys = [...'abcdefghijklmnopqrstuvwxyz/?1', 'Enter', 'Escape', 'ArrowUp', 'Home']

describe('what a key means', () => {
  it('with shift is another letter, with caps lock the same', () => {
    expect(meaningOf(press('V', { shiftKey: true }), 'queue', 'page')).toEqual({ kind: 'letter', key: 'V' })
    expect(meaningOf(press('v', { shiftKey: true }), 'queue', 'page')).toEqual({ kind: 'letter', key: 'V' })
    expect(meaningOf(press('V'), 'queue', 'page')).toEqual({ kind: 'letter', key: 'v' })
    expect([keyCap('V'), keyCap('v'), keyCap('7')]).toEqual(['⇧V', 'V', '7'])
    expect([keyShortcut('V'), keyShortcut('v'), keyShortcut('')]).toEqual(['Shift+V', 'V', undefined])
  })
  it.each([
    ['j', { kind: 'step', by: 1 }],
    ['K', { kind: 'step', by: -1 }],
    ['ArrowDown', { kind: 'step', by: 1 }],
    ['Home', { kind: 'end', end: 'first' }],
    ['End', { kind: 'end', end: 'last' }],
    ['A', { kind: 'letter', key: 'a' }],
    ['?', { kind: 'letter', key: '?' }],
    ['Escape', { kind: 'back' }],
    ['Enter', null],
    [' ', null],
    ['F5', null],
    ['Tab', null],
  ])('in the queue: %s', (key, meaning) => {
    expect(meaningOf(press(key), 'queue', 'page')).toEqual(meaning)
  })

  it.each([
    ['k', { kind: 'step', by: -1 }],
    ['3', { kind: 'crew', at: 2 }],
    ['Enter', { kind: 'confirm' }],
    ['Escape', { kind: 'back' }],
    ['v', null],
    ['d', null],
  ])('while a crew is chosen: %s', (key, meaning) => {
    expect(meaningOf(press(key), 'crews', 'page')).toEqual(meaning)
  })

  it('while a place is given, the arrows are the map’s and nothing else acts', () => {
    expect(meaningOf(press('Enter'), 'place', 'map')).toEqual({ kind: 'confirm' })
    for (const key of ['ArrowUp', 'j', 'a', 'x']) expect(meaningOf(press(key), 'place', 'map'), key).toBeNull()
    expect(meaningOf(press('Escape'), 'place', 'map')).toEqual({ kind: 'back' })
    expect(meaningOf(press('ArrowUp'), 'queue', 'map')).toBeNull()
  })
})

describe('a key means nothing', () => {
  it('while a word is being composed', () => {
    for (const mode of modes)
      for (const key of keys) {
        expect(meaningOf(press(key, { isComposing: true }), mode, 'page'), `${key} in ${mode}`).toBeNull()
        expect(meaningOf(press('Process'), mode, 'field')).toBeNull()
      }
  })
  it('while a dialog is open: it has its own', () => {
    for (const key of keys) for (const focus of focuses) expect(meaningOf(press(key), 'dialog', focus), key).toBeNull()
  })
  it('in a field, but Escape that leaves it', () => {
    for (const mode of modes)
      for (const key of keys.filter((one) => one !== 'Escape')) expect(meaningOf(press(key), mode, 'field')).toBeNull()
    expect(meaningOf(press('Escape'), 'queue', 'field')).toEqual({ kind: 'back' })
  })
  it('with Ctrl, Meta or Alt, but Ctrl K and Ctrl Z', () => {
    for (const held of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { ctrlKey: true, altKey: true }])
      for (const key of keys) {
        const isLine = key === 'k' && held.ctrlKey === true && !('altKey' in held)
        const isUndo = key === 'z' && held.ctrlKey === true && !('altKey' in held)
        const meaning = meaningOf(press(key, held), 'queue', 'page')
        expect(meaning, `${key} ${JSON.stringify(held)}`).toEqual(
          isLine ? { kind: 'command-line' } : isUndo ? { kind: 'undo' } : null,
        )
      }
    expect(meaningOf(press('k', { ctrlKey: true }), 'queue', 'field')).toEqual({ kind: 'command-line' })
    // A field takes back its own words, and a key held down takes nothing back.
    expect(meaningOf(press('z', { ctrlKey: true }), 'queue', 'field')).toBeNull()
    expect(meaningOf(press('z', { ctrlKey: true, repeat: true }), 'queue', 'page')).toBeNull()
  })
  it('where a button has the focus and is pressed by it', () => {
    for (const mode of ['queue', 'crews', 'place'] as const)
      for (const key of ['Enter', ' ']) expect(meaningOf(press(key), mode, 'button')).toBeNull()
    expect(meaningOf(press('a'), 'queue', 'button')).toEqual({ kind: 'letter', key: 'a' })
  })
  it('when it is held down, unless it moves', () => {
    const held = { repeat: true }
    expect(meaningOf(press('d', held), 'queue', 'page')).toBeNull()
    expect(meaningOf(press('Enter', held), 'crews', 'page')).toBeNull()
    expect(meaningOf(press('Enter', held), 'place', 'page')).toBeNull()
    expect(meaningOf(press('j', held), 'queue', 'page')).toEqual({ kind: 'step', by: 1 })
  })
})
