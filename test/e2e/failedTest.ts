// Before the tests of pages: the first of what follows a failed one.
import { afterEach } from 'vitest'
import { lastScreens } from './lastScreen.ts'

afterEach(async ({ task }) => {
  const error = task.result?.state === 'fail' ? task.result.errors?.[0] : undefined
  if (error) error.message += `\n${await lastScreens()}`
})
