// Hands bytes to the browser as a download, never as a page: what they hold cannot run here.

export const download = (name: string, content: BlobPart, type: string): void => {
  const address = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser reads it after the click; a minute is more than that takes.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
