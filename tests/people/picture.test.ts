import { describe, expect, test } from 'vitest'
import { readPicture } from '../../electron/people/picture.ts'
import { mostPictureBytes } from '../../shared/contract/users.ts'
import { addPerson, beside } from '../support/people.ts'
import { dot, webpOf } from '../support/pictures.ts'
import { openWorkspace } from '../support/workspace.ts'

const said = (bytes: Uint8Array) => {
  try {
    return readPicture(bytes).mediaType
  } catch (error) {
    return error instanceof Error ? error.message : 'no error'
  }
}

describe('a picture of a person', () => {
  test('is told by its own bytes', () => {
    expect(readPicture(dot)).toEqual({ mediaType: 'image/png', width: 1, height: 1 })
    expect(readPicture(webpOf(256, 256))).toEqual({ mediaType: 'image/webp', width: 256, height: 256 })
    const bytes = new TextEncoder()
    expect(said(bytes.encode('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toMatch(/neither PNG nor WebP/)
    expect(said(bytes.encode('GIF89a'))).toMatch(/neither/)
    expect(said(new Uint8Array())).toMatch(/neither/)
    expect(said(dot.subarray(0, 40))).toMatch(/damaged/)
    expect(said(webpOf(257, 257))).toMatch(/257 × 257/)
    expect(said(webpOf(128, 64))).toMatch(/square/)
    // Something more behind the end of the picture.
    expect(said(Uint8Array.from([...webpOf(64, 64), 60, 63]))).toMatch(/not complete/)
    const moving = webpOf(64, 64)
    moving.set(bytes.encode('VP8X'), 12)
    moving[20] = 0x02
    expect(said(moving)).toMatch(/moves/)
  })

  test('is set, seen by colleagues alone, replaced and removed', async () => {
    const it = await openWorkspace()
    const me = () => it.call('users.me', {})
    const set = async (picture: Uint8Array | null) =>
      it.call('users.setPicture', { version: (await me()).version, picture })
    const { id } = await me()
    expect(await it.call('users.picture', { id: id ?? '' })).toBeNull()
    await set(dot)
    const first = (await me()).pictureId
    expect(await it.call('users.picture', { id: id ?? '' })).toEqual({ mediaType: 'image/png', content: dot })
    await set(webpOf(96, 96))
    expect((await me()).pictureId).not.toBe(first)
    expect((await it.call('users.list', {}))[0]?.pictureId).toBe((await me()).pictureId)
    await expect(it.call('attachments.delete', { id: first ?? '', version: 1 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    const now = (await me()).pictureId ?? ''
    await expect(it.call('attachments.delete', { id: now, version: 1 })).rejects.toThrow(/picture of a person/)
    await expect(it.call('users.setPicture', { version: 1, picture: dot })).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(set(new Uint8Array(mostPictureBytes + 1))).rejects.toMatchObject({ code: 'VALIDATION' })
    await expect(set(new Uint8Array(100))).rejects.toMatchObject({ code: 'FILE_REFUSED' })
    const stranger = addPerson(it, { role: 'staff' })
    beside(it, (raw) => {
      raw.prepare('UPDATE users SET avatar_attachment_id = ? WHERE id = ?').run(now, stranger)
      raw.prepare("UPDATE memberships SET deleted_at = '2030-01-01' WHERE user_id = ?").run(stranger)
    })
    expect(await it.call('users.picture', { id: stranger })).toBeNull()
    await set(null)
    expect([(await me()).pictureId, await it.call('users.picture', { id: id ?? '' })]).toEqual([null, null])
    expect(it.errors).toEqual([])
    await it.close()
  })
})
