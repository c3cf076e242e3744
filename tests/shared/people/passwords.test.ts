import { describe, expect, test } from 'vitest'
import { commonWhole, commonWords } from '../../../shared/people/guessed-words.ts'
import { judgePassword, shortestPassword } from '../../../shared/people/passwords.ts'
import { refusePin } from '../../../shared/people/pins.ts'

const own = ['Ann Quillfeather', 'ann.quill@linden-ltd.example', 'Linden Trading Ltd']

describe('a password that is tried first is refused', () => {
  test.each([...commonWhole].filter((word) => word.length >= shortestPassword))('%s', (word) => {
    expect(judgePassword(word).refusal).not.toBeNull()
  })

  test('each common word with the endings that people give it', () => {
    const endings = [
      '1',
      '12',
      '123',
      '1234',
      '12345',
      '123456',
      '2024',
      '2025!',
      '!',
      '!!',
      '#1',
      '01',
      '99',
      '007',
      '.1',
    ]
    const taken: string[] = []
    let tried = 0
    for (const word of commonWords) {
      for (const ending of endings) {
        for (const written of [word + ending, ending + word, word[0]?.toUpperCase() + word.slice(1) + ending]) {
          if (written.length < shortestPassword) continue
          tried += 1
          if (judgePassword(written).refusal === null) taken.push(written)
        }
      }
    }
    expect(taken).toEqual([])
    expect(tried).toBeGreaterThan(5000)
  })

  test.each([
    'P@ssw0rd123',
    'Pa$$word2024',
    'passwordpassword',
    'iloveyou12345',
    'qwertyuiop',
    'asdfghjkl123',
    '1qaz2wsx3edc',
    'aaaaaaaaaaaa',
    'abcabcabcabc',
    '1234567890',
    '0987654321',
    'abcdefghijkl',
    '11111222223333',
    '2024-01-01',
    '31121999311',
    'Football2026!',
    'MonkeyDragon',
    'Bienvenue2025',
    'zxcvbnm,./',
    '!@#$%^&*()',
  ])('%s', (password) => {
    expect(judgePassword(password)).toMatchObject({ strength: 0, refusal: expect.stringMatching(/\.$/) })
  })

  test.each([
    'annquillfeather',
    'Quillfeather1',
    'ann.quill@linden-ltd.example',
    'LindenTrading!',
    'lindenltd2026',
    'quillfeather99',
  ])('of one’s own: %s', (password) => {
    expect(judgePassword(password, own).refusal).toMatch(/name, address or business/)
  })

  test.each(['', 'short', 'ninechars', '😀😀😀😀'])('too short: %s', (password) => {
    expect(judgePassword(password).refusal).toMatch(/at least 10 characters/)
  })
})

describe('a password that nobody guesses is taken', () => {
  test.each([
    'otter lampion gravel',
    'kettle-vines-77-brisk',
    'Xk9#mQ2vLp',
    'fjord teaspoon velocity',
    'zebrafish walnut',
    'mein zaun ist grün gestrichen',
    'もちもちの木の葉っぱと水と空',
    'correct pony stapler batterie',
    'passwords are 12 quite hard',
    'vT7qLw0zRn4s',
  ])('%s', (password) => {
    const { refusal, strength } = judgePassword(password, own)
    expect(refusal).toBeNull()
    expect(strength).toBeGreaterThanOrEqual(2)
  })

  test('and grows with what is added', () => {
    const steps = ['vellum orchid', 'vellum orchid tram', 'vellum orchid tram sextant knee'].map(
      (word) => judgePassword(word).strength,
    )
    expect(steps).toEqual([...steps].sort())
    expect(steps.at(-1)).toBe(4)
  })

  test('no rule asks for kinds of characters', () => {
    expect(judgePassword('harmonicablizzardtuba').refusal).toBeNull()
  })
})

describe('a PIN', () => {
  test.each([
    '123',
    '0000',
    '1234',
    '4321',
    '1111',
    '121212',
    '123123',
    '1122',
    '6789',
    '1987',
    '2026',
    '12a4',
    '',
    '1234567890123',
    '456789',
    '147258369',
  ])('%s is refused', (pin) => expect(refusePin(pin)).toMatch(/\.$/))
  test.each(['4071', '830264', '52907146'])('%s is taken', (pin) => expect(refusePin(pin)).toBeNull())
})
