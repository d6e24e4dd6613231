// Which programs the tests open their pages in.

/** The browser people have, CHROMIUM if it is elsewhere. */
export const wholeBrowser = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/**
 * For pages looked at and not listened to: where it is there, the same engine without the windows nobody sees, which takes
 * three quarters of the work (vitest.config.ts says for which tests).
 */
export const pageBrowser = process.env['PAGE_BROWSER'] ?? wholeBrowser
