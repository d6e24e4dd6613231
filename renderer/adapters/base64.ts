// Bytes as text and back, for what travels inside JSON.

type Bytes = Uint8Array<ArrayBuffer>

/** In pieces: a call has room for so many arguments only. */
const piece = 0x8000

export const toBase64 = (bytes: Bytes): string => {
  let text = ''
  for (let at = 0; at < bytes.length; at += piece)
    text += String.fromCharCode(...bytes.subarray(at, at + piece))
  return btoa(text)
}

export const fromBase64 = (text: string): Bytes =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))

export const sha256Of = async (content: Bytes): Promise<string> =>
  Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', content)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')

const encoder = new TextEncoder()
export const sha256OfText = (text: string): Promise<string> => sha256Of(encoder.encode(text))
